"""The one rule for foreign text: nothing in it may act on a terminal.

Applied where text enters (parser, server answers) and once more where it leaves (standard output, clipboard,
file names). What has no glyph but an effect is replaced by U+FFFD where its loss should be seen, and dropped
where it only steers the direction of writing.
"""

import re

_FOREIGN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff]"
)
_DROPPED = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\ufff9\ufffa\ufffb")
_BREAKS = re.compile("\r\n?|\u2028|\u2029")
_BLANKS = re.compile(r"[ \t\n]+")
_REPLACEMENT = "\ufffd"
_MARKS = "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
_STACK = re.compile(f"{_MARKS}{_MARKS}{{8,}}")  # the first stands alone, so that the search for it is fast
_MARKS_KEPT = 8


def clean(text: str) -> str:
    """`text` without control characters (C0 but tab and newline, DEL, C1), lone surrogates and direction marks.

    Line ends of every kind become ``\\n``; of a run of combining marks the first eight stay.
    """
    if _FOREIGN.search(text) is not None:
        text = _FOREIGN.sub(_harmless, _BREAKS.sub("\n", text))
    return unstacked(text)


def _harmless(found: re.Match[str]) -> str:
    return "" if found.group() in _DROPPED else _REPLACEMENT


def unstacked(text: str) -> str:
    """`text` with no more than eight combining marks in a row, which is all that real writing needs."""
    if _STACK.search(text) is None:
        return text
    return _STACK.sub(lambda found: found.group()[:_MARKS_KEPT], text)


def squeeze(text: str) -> str:
    """`text` on one line: runs of blanks, tabs and line ends become one blank, none at either end.

    No-break and thin spaces stay as they are: in ``1.73 m²`` they mean something.
    """
    if "\n" in text or "  " in text or "\t" in text or "\r" in text:
        text = _BLANKS.sub(" ", text.replace("\r", "\n"))
    return text.strip(" \n\t")


def one_line(text: str) -> str:
    """`text` cleaned and on one line: for titles, table cells, messages."""
    if text.isprintable() and "  " not in text:  # as nearly all are; what `clean` takes out is not printable
        return (text if text.isascii() else unstacked(text)).strip(" ")
    return squeeze(clean(text))
