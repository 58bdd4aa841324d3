"""Measurements of Gawah on generated and real lists: ``make bench``.

Every figure comes from one run on one machine and is meant to be read as a ratio to another of
the same run; absolute values differ from machine to machine. Nothing here is imported by the
program, and no test depends on a time.
"""
