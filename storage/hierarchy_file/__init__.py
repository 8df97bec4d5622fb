"""The admins' file `hierarchy.yaml`: reading it, checking it, and saying kindly what is wrong. Writes nothing.

`reading` goes from bytes to the tree; the other files hold one section or one rule each.
"""

from storage.hierarchy_file.reading import Checked, read_hierarchy
from storage.hierarchy_file.repeat import MAX_NODES
from storage.hierarchy_file.report import Problem
from storage.hierarchy_file.source_text import MAX_BYTES
from storage.hierarchy_file.summary import Summary, describe

__all__ = ["MAX_BYTES", "MAX_NODES", "Checked", "Problem", "Summary", "describe", "read_hierarchy"]
