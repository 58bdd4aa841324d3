"""Tables that people send: CSV, XLSX and JSON, read safely and row by row.

Every file is taken for hostile. What it is is told by its content, its size is checked before it
is opened, and however large it is, only a row of it is held in memory. What cannot be read without
guessing is refused with a sentence that says where and how to mend it; nothing is left out
silently.
"""

from incidents.importing.tables.opening import open_table, sheets
from incidents.importing.tables.refusal import FileRefused
from incidents.importing.tables.rows import Table, TableOptions, TableRow

__all__ = ["FileRefused", "Table", "TableOptions", "TableRow", "open_table", "sheets"]
