"""The history of the case file: what was changed, by whom, what is new to somebody, and taking the
last action back. The triggers of the database write it; nothing here alters it."""
