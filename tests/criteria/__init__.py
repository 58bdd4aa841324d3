"""What casework has to keep, told as one would tell it to somebody who judges the system.

One file for each section of the list in docs/criteria.md, which names the test of each criterion.
"""
