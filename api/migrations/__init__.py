"""Tables of the API itself: only counters."""
