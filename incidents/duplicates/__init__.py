"""People entered twice: who may be meant, what speaks for and against it, what was decided.

The program only ever asks. Whether two records are one person is decided by somebody who has
compared them, and remembered; merging them and taking that back is ``incidents.publishing``.
"""
