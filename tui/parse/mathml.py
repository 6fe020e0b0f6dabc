"""MathML to one readable line: ``x̄ ± σ²`` rather than nothing.

Presentation elements of MathML 3 (W3C, chapter 3), as far as PubMed's DTD admits them. What has no rule here
is read as its content in order, so that no symbol is lost.
"""

from __future__ import annotations

from collections.abc import Callable
from xml.etree.ElementTree import Element

from tui.parse.scripts import subscript, superscript

MATHML = "http://www.w3.org/1998/Math/MathML"
_ACCENTS = {
    "¯": "\u0304", "‾": "\u0304", "_": "\u0332", "^": "\u0302", "ˆ": "\u0302", "~": "\u0303", "˜": "\u0303",
    "˙": "\u0307", ".": "\u0307", "¨": "\u0308", "→": "\u20d7", "⃗": "\u20d7", "ˇ": "\u030c", "∼": "\u0303",
    "−": "\u0304",
}  # fmt: skip
_SPACED = frozenset("=<>≤≥≠≈≡±×+−→←↔∼∝∈⊂∪∩∧∨∣≪≫≲≳")


def readable(element: Element) -> str:
    """The formula as text; blanks only around relations and operators."""
    name = _name(element)
    rule = _RULES.get(name)
    if rule is not None:
        return rule(element)
    if len(element) == 0:
        text = " ".join((element.text or "").split())
        return f" {text} " if name == "mo" and text in _SPACED else text
    return _row(element)


def _name(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _row(element: Element) -> str:
    parts = [(element.text or "").strip()]
    for child in element:
        parts.append(readable(child))
        parts.append((child.tail or "").strip())
    return "".join(parts)


def _parts(element: Element, count: int) -> list[str]:
    found = [readable(child).strip() for child in element]
    return (found + [""] * count)[:count]


def _grouped(text: str) -> str:
    return text if len(text) < 2 or text.isalnum() else f"({text})"


def _under_over(element: Element) -> str:
    base, mark = _parts(element, 2)
    accent = _ACCENTS.get(mark)
    if accent and len(base) == 1:
        return base + accent
    return base + (superscript(mark) if _name(element) == "mover" else subscript(mark))


def _fraction(element: Element) -> str:
    above, below = _parts(element, 2)
    return f"{_grouped(above)}/{_grouped(below)}"


def _fenced(element: Element) -> str:
    separators = "".join(element.get("separators", ",").split())
    parts = [readable(child) for child in element]
    inside = parts[0] if parts else ""
    for number, part in enumerate(parts[1:]):
        inside += (separators[min(number, len(separators) - 1)] if separators else "") + part
    return f"{element.get('open', '(')}{inside}{element.get('close', ')')}"


def _scripts(element: Element) -> str:
    name = _name(element)
    base, first, second = _parts(element, 3)
    if name == "msub":
        return base + subscript(first)
    if name == "msup":
        return base + superscript(first)
    return base + subscript(first) + superscript(second)


def _root(element: Element) -> str:
    radicand, index = _parts(element, 2)
    return f"{superscript(index)}√{_grouped(radicand)}"


_RULES: dict[str, Callable[[Element], str]] = {
    "msub": _scripts,
    "msup": _scripts,
    "msubsup": _scripts,
    "munderover": _scripts,
    "munder": _under_over,
    "mover": _under_over,
    "mfrac": _fraction,
    "msqrt": lambda element: f"√{_grouped(_row(element).strip())}",
    "mroot": _root,
    "mfenced": _fenced,
    "mspace": lambda element: " ",
    "mtr": lambda element: ", ".join(readable(child) for child in element),
    "mtable": lambda element: "; ".join(readable(child) for child in element),
    "semantics": lambda element: readable(element[0]) if len(element) else "",
    "annotation": lambda element: "",
}
