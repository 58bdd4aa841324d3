"""What has to be known of every figure made from the record, said in English.

Answers and files for programs carry it in a field of its own; pages say the same in the language
of the reader.
"""

from typing import Final

CAVEAT: Final = "Documented cases, not all cases: do not read trends from them."
