"""Accounts of the staff: logging in, second factors, sessions, the access log, and the lock."""
