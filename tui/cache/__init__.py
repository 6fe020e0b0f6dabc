"""The cache: one SQLite file that holds every record that was ever seen, and the only room that knows a table.

Synchronous and plain: it is told where its file is, it fetches nothing and parses nothing. The stored XML is what
counts; list columns, words and pages are derived from it and can be derived again.
"""

from tui.cache.database import Cache
from tui.cache.errors import CacheError, Damaged, DiskFull, Interrupted, Locked, ReadOnly, TooNew

__all__ = ["Cache", "CacheError", "Damaged", "DiskFull", "Interrupted", "Locked", "ReadOnly", "TooNew"]
