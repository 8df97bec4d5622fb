"""The tree as a spreadsheet and back: places, groups and staff, one a row. The file itself is `hierarchy_file`'s."""

from storage.hierarchy_sheets.cells import SheetFault
from storage.hierarchy_sheets.taking import Taken, read_sheets
from storage.hierarchy_sheets.writing import write_sheets

__all__ = ["SheetFault", "Taken", "read_sheets", "write_sheets"]
