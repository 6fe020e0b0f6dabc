"""A formatted reference as runs of text, and the same as plain text, HTML and Markdown.

The three forms say the same words. What is foreign in a run is text in each of them: no tag, no link and no
emphasis comes from a title or a name, but from the five tags that PubMed's own markup may hold (``i b u sub sup``).
"""

from __future__ import annotations

import html
import re
from typing import NamedTuple
from xml.etree import ElementTree

from tui.model.clean import clean, one_line
from tui.model.text import Text

_TAGS = frozenset(("i", "b", "u", "sub", "sup"))
_BLANKS = re.compile(r"[ \t\n]+")
_LAST_STOP = re.compile(r"(?<!\.)\.$")
_LAST_STOP_IN_TAGS = re.compile(r"(?<!\.)\.((?:</\w+>)*)$")
_ENDED = re.compile(r"[.?!][\"'\u201d\u2019]?$")

Segment = tuple[str, frozenset[str]]
"""Text, and the tags that it stands in."""


class Run(NamedTuple):
    """A piece of a reference in one style."""

    text: str
    """As plain text shows it."""
    markup: str = ""
    """The same as the inside of an XML element (`tui.model.text.Text.markup`), where it is marked up."""
    italic: bool = False
    """Whether the style sets it in italics; what is italic in itself stands upright then."""
    link: str = ""
    """An address, percent-encoded."""

    @property
    def segments(self) -> list[Segment]:
        """The text part by part with its tags; one part where the markup holds more than `_TAGS`, as formulas do."""
        segments = _read(self.markup) if self.markup else None
        if segments is None:
            segments = [(self.text, frozenset())]
        if self.italic:
            segments = [(text, tags ^ {"i"}) for text, tags in segments]
        return segments


class Reference(NamedTuple):
    """One reference, on one line."""

    runs: tuple[Run, ...]

    def plain(self) -> str:
        return "".join(run.text for run in self.runs)

    def html(self) -> str:
        """Inline HTML: ``i b u sub sup`` and ``a``."""
        return "".join(_linked_html(run) for run in self.runs)

    def markdown(self) -> str:
        """CommonMark, with the tags of `html` where a star would not be read as emphasis."""
        out = ""
        for run in self.runs:
            inside = ""
            for text, tags in run.segments:
                inside += _markdown(text, tags, (out + inside)[-1:])
            out += f"[{inside}]({run.link})" if run.link else inside
        return line_start(out)


Piece = str | Run
Sentence = tuple[Run, ...]


def run_of(text: str, *, italic: bool = False) -> Run:
    """A run of a record's text, with its markup where it has some."""
    markup = text.markup if isinstance(text, Text) else ""
    return Run(one_line(text), one_line(markup), italic)


def without_stop(run: Run) -> Run:
    """The run without its full stop, if it ends in one (and not in an ellipsis)."""
    return run._replace(text=_LAST_STOP.sub("", run.text), markup=_LAST_STOP_IN_TAGS.sub(r"\1", run.markup))


def phrase(*pieces: Piece) -> Sentence:
    """The pieces that hold text, as they stand."""
    runs = (piece if isinstance(piece, Run) else Run(one_blank(piece)) for piece in pieces)
    return tuple(run for run in runs if run.text)


def sentence(*pieces: Piece) -> Sentence:
    """The same with a full stop, unless it ends in ``.``, ``?`` or ``!`` already; nothing where there is no text."""
    runs = phrase(*pieces)
    if not "".join(run.text for run in runs).strip():
        return ()
    return runs if _ENDED.search(runs[-1].text) else (*runs, Run("."))


def reference(*sentences: Sentence) -> Reference:
    """The sentences that are not empty, with a blank between."""
    runs: list[Run] = []
    for each in sentences:
        if each:
            runs += [*([Run(" ")] if runs else ()), *each]
    return Reference(tuple(runs))


def one_blank(text: str) -> str:
    """`text` cleaned and with single blanks; those at its ends stay."""
    return _BLANKS.sub(" ", clean(text))


def _read(markup: str) -> list[Segment] | None:
    """None where it is no well-formed markup of `_TAGS` alone."""
    try:
        root = ElementTree.fromstring(f"<x>{markup}</x>")  # noqa: S314 - inside an element no entity can be declared
    except ElementTree.ParseError:
        return None
    segments: list[Segment] = []

    def walk(element: ElementTree.Element, tags: frozenset[str]) -> bool:
        segments.append((element.text or "", tags))
        for child in element:
            if child.tag not in _TAGS or not walk(child, tags | {child.tag}):
                return False
            segments.append((child.tail or "", tags))
        return True

    return [segment for segment in segments if segment[0]] if walk(root, frozenset()) else None


def _html(text: str, tags: frozenset[str]) -> str:
    before = "".join(f"<{tag}>" for tag in sorted(tags))
    after = "".join(f"</{tag}>" for tag in sorted(tags, reverse=True))
    return f"{before}{html.escape(text)}{after}"


def _linked_html(run: Run) -> str:
    inside = "".join(_html(text, tags) for text, tags in run.segments)
    return f'<a href="{html.escape(run.link)}">{inside}</a>' if run.link else inside


_MARKDOWN = re.compile(r"[\\`*_{}\[\]<>|~$^@!#]|&(?=[#\w]|$)")
_LINE_START = re.compile(r"^(?:([0-9]{1,9})(?=[.)])|(?=[+=:-]))")


def escape_markdown(text: str) -> str:
    """`text` such that Markdown (CommonMark, GitHub's, Pandoc's) shows it as it is, within a line."""
    return _MARKDOWN.sub(r"\\\g<0>", text)


def line_start(markdown: str) -> str:
    """The same for what begins a line: no heading, list, rule or table comes of it."""
    return _LINE_START.sub(r"\1\\", markdown)


def _markdown(text: str, tags: frozenset[str], before: str) -> str:
    """A star opens emphasis before a letter and closes it after one; two stars in a row mean something else."""
    star = "i" in tags and text[:1].isalnum() and text[-1:].isalnum() and before != "*"
    others = sorted(tags - {"i"} if star else tags)
    inside = f"*{escape_markdown(text)}*" if star else escape_markdown(text)
    return "".join(f"<{tag}>" for tag in others) + inside + "".join(f"</{tag}>" for tag in reversed(others))
