"""The cache, PubMed and the parser as one thing: the one door for both front ends, and the only room with a policy.

The kept copy comes first, PubMed when it is needed; a newer record is never replaced by an older one; a failure
never costs what is kept; offline, nothing of `remote` is called or even imported.
"""

from tui.library.library import REACHABLE, WEEK, Library, NotFound, NotKept
from tui.library.shelf import Shelf

__all__ = ["REACHABLE", "WEEK", "Library", "NotFound", "NotKept", "Shelf"]
