"""Counts of violations for staff: the page, its filter, what cells lead to, and saved questions."""
