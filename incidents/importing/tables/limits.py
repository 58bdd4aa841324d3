"""How large a table and its parts may be, and why."""

from typing import Final

MAX_FILE_BYTES: Final = 500 * 1024**2
"""Two million rows of 250 bytes. More is an archive, or an attack on the disk."""

MAX_UNPACKED_BYTES: Final = 2 * 1024**3
"""All parts of a workbook together. They are streamed, so this bounds time, not memory."""

MAX_PACKING_RATIO: Final = 400
"""A sheet of a million equal rows is packed about 100 to 1, a bomb up to 1,030 to 1."""

SMALL_PART_BYTES: Final = 16 * 1024**2
"""Parts up to this size do no harm however well they are packed."""

MAX_PARTS: Final = 10_000
"""Files inside a workbook. A hundred sheets with pictures are about a thousand."""

MAX_FRAME_BYTES: Final = 32 * 1024**2
"""Parts that are read as a whole: the list of sheets and the formats of numbers."""

MAX_SHEETS: Final = 1_000
MAX_FORMATS: Final = 100_000
"""Excel itself stops at about 65,000 formats of cells."""

MAX_STRINGS: Final = 16_000_000
"""Texts that the cells of a workbook share; four bytes each are held in memory."""

SPOOL_BYTES: Final = 16 * 1024**2
"""Shared texts beyond this wait on the disk, not in memory."""

MAX_ROWS: Final = 2_000_000
MAX_COLUMNS: Final = 2_000
MAX_HEADER_CHARACTERS: Final = 300
MAX_CELL_CHARACTERS: Final = 100_000
"""Three times what a cell of Excel holds: a testimony of fifty pages."""

MAX_ROW_BYTES: Final = 4 * 1024**2
"""What is read of a row before it has to end. It is the row that is held in memory."""

MAX_DEPTH: Final = 20
"""Objects within objects of a JSON file."""

CHUNK_BYTES: Final = 64 * 1024
