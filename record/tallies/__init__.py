"""Counts kept ready while publishing, and the questions that they answer."""
