"""Blocks to plain text: what `show` prints."""

from __future__ import annotations

from tui.model.clean import one_line
from tui.present.blocks import Block, Page

_UNDERLINE = {"title": "="}


def plain(page: Page, width: int = 0) -> str:
    """The page as lines that end in ``\\n``; wrapped at `width` columns, or one line a block where it is 0."""
    lines: list[str] = []
    for block in page:
        if block.kind in ("heading", "banner") and lines:
            lines.append("")
        text = one_line(block.text)
        if block.kind == "heading":
            text = text.upper()
        elif block.kind == "banner":
            text = f"*** {text} ***"
        lines += _wrapped(text, block, width) if width else [" " * block.indent + text]
    return "\n".join(lines) + "\n"


def _wrapped(text: str, block: Block, width: int) -> list[str]:
    import textwrap  # noqa: PLC0415 - only where a terminal wants lines; a script gets whole paragraphs

    first = " " * block.indent
    rest = first + ("  " if block.kind == "item" else "")
    return textwrap.wrap(
        text,
        max(width, 20),
        initial_indent=first,
        subsequent_indent=rest,
        break_long_words=False,
        break_on_hyphens=False,
    ) or [""]
