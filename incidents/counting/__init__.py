"""Counts of violations of the case file, their victims and the agencies alleged responsible, by one
or two things. For staff: everybody counts what they may know of."""
