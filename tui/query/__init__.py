"""The query language of PubMed: text to tree and back, and what an untagged word stands for. Pure."""

from tui.query.errors import QueryError
from tui.query.parse import parse
from tui.query.unparse import unparse

__all__ = ["QueryError", "parse", "unparse"]
