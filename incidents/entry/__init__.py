"""Entering cases fast: what is typed once becomes a whole draft, and what is typed is kept."""
