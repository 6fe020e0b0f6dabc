"""Text with its markup, in the tags of a format.

The markup is what `tui.model.text.Text` keeps beside its words: the inside of an XML element. A formula (MathML) is
given as its readable form, since no format here has a tag for it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from tui.model.clean import one_line

_TAG = re.compile(r"<([^<>]*)>")


def marked_up(text: str, tags: Mapping[str, tuple[str, str]], escape: Callable[[str], str]) -> str:
    """`text` on one line: its words through `escape`, each element as what `tags` says stands before and after it.

    An element that `tags` does not name (of ``i b u sub sup``, see %text; in pubmed_250101.dtd) leaves its words.
    What is opened is closed, whatever the markup.
    """
    markup = getattr(text, "markup", "")
    if not markup or "<mml:" in markup:
        return escape(one_line(text))
    parts, opened = [], []
    for number, piece in enumerate(_TAG.split(one_line(markup))):
        if number % 2 == 0:
            parts.append(escape(piece.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")))
            continue
        name = piece.strip("/").split(" ", 1)[0]
        if name in tags and not piece.startswith("/") and not piece.endswith("/"):
            opened.append(name)
            parts.append(tags[name][0])
        elif piece.startswith("/") and opened[-1:] == [name]:
            parts.append(tags[opened.pop()][1])
    return "".join(parts + [tags[name][1] for name in reversed(opened)])
