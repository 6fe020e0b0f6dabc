"""Text as LaTeX, for values in a BibTeX file.

Letters stay as they are: LaTeX reads UTF-8, so does biber, and people search the file. Written as commands are the
characters that are LaTeX's own, and those that pdfLaTeX has no glyph for although a command of the LaTeX kernel does
(Greek, relations, arrows, raised and lowered figures). Braces are balanced, since BibTeX counts them before anyone
reads a backslash, and so are dollars.
"""

from __future__ import annotations

import re
import unicodedata

from tui.export.markup import marked_up
from tui.model.clean import one_line

_SPECIAL = {
    "\\": r"{\textbackslash}",
    "{": r"{$\lbrace$}",
    "}": r"{$\rbrace$}",
    "^": r"{\textasciicircum}",
    "~": r"{\textasciitilde}",
    "<": "{$<$}",  # ¡ in the fonts that LaTeX starts with, as > is ¿ and | is —
    ">": "{$>$}",
    "|": "{$|$}",
    '"': '{"}',
    **{character: f"\\{character}" for character in "$%&#_"},
}
_GREEK = (
    ("αβγδεζηθικλμνξπρςστυφχψω", "alpha beta gamma delta varepsilon zeta eta theta iota kappa lambda mu nu xi pi rho "
     "varsigma sigma tau upsilon varphi chi psi omega"),
    ("ϵϑϕϖϱ", "epsilon vartheta phi varpi varrho"),
    ("ΓΔΘΛΞΠΣΥΦΨΩ", "Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega"),
)  # fmt: skip
_SYMBOLS = (
    ("≤≥≠≈≡≅∼≃∝≪≫≺≻", "leq geq neq approx equiv cong sim simeq propto ll gg prec succ"),
    ("∞∂∇√∑∏∫∈∉⊂⊃⊆⊇∪∩∧∨∀∃∅", "infty partial nabla surd sum prod int in notin subset supset subseteq supseteq cup cap "
     "wedge vee forall exists emptyset"),
    ("∠⊥∥∗∘⋅⊕⊗⟨⟩ℓ⋯", "angle perp parallel ast circ cdot oplus otimes langle rangle ell cdots"),
    ("→←↑↓↔⇒⇐⇔", "rightarrow leftarrow uparrow downarrow leftrightarrow Rightarrow Leftarrow Leftrightarrow"),
)  # fmt: skip
_COMMANDS = _SPECIAL | {
    character: f"{{$\\{name}$}}"
    for characters, names in _GREEK + _SYMBOLS
    for character, name in zip(characters, names.split(), strict=True)
} | {"−": "{$-$}", "′": "{$'$}", "″": "{$'$}{$'$}", "∆": r"{$\Delta$}"}  # fmt: skip

_ASCII = re.compile(f"[{re.escape(''.join(_SPECIAL))}]")
_LOWERED = "\u2080-\u208e\u2090-\u209c\u1d62-\u1d6a"
_RAISED = "\u00b2\u00b3\u00b9\u2070-\u207f\u02b0-\u02b8\u1d2c-\u1d61\u1d9c-\u1dbf"
_SCRIPTS = re.compile(f"([{_LOWERED}]+)|[{_RAISED}]+")
_WIDE_BLANK = re.compile("[\u2000-\u200a\u202f\u205f\u3000]")
_OTHER = re.compile(f"[{re.escape(''.join(character for character in _COMMANDS if character not in _SPECIAL))}]")
_LIGATURE = re.compile("-{2,}|'{2,}|`{2,}|,{2,}|[?!]`+")
"""What LaTeX draws as one sign: a dash, a quotation mark, ¿."""
_PAIR = re.compile("[-'`,?!][-'`,]")

_TAGS = {
    "i": (r"\textit{", "}"),
    "b": (r"\textbf{", "}"),
    "u": (r"\underline{", "}"),
    "sub": (r"\textsubscript{", "}"),
    "sup": (r"\textsuperscript{", "}"),
}
_WORD = re.compile(r"([^\W_]+)")
_FIRST_WORD = re.compile(r"\{([^\W\d_])([^\W_]*)\}")


def latex(text: str) -> str:
    """`text` and its markup on one line."""
    return marked_up(text, _TAGS, _escaped)


def title(text: str) -> str:
    """`latex` in which every word that has a capital is in braces.

    BibTeX's styles write titles in small letters, and PubMed's capitals, after the first, are meant: names,
    abbreviations. The first letter stays large of itself.
    """
    written = marked_up(text, _TAGS, _with_capitals)
    first = _FIRST_WORD.match(written)
    if first and first[2] == first[2].lower():
        return first[1] + first[2] + written[first.end() :]
    return written


def verbatim(text: str) -> str:
    """For what is no text (a DOI): as it is, but for the characters that would end a value, percent-encoded."""
    return re.sub(r"[{}\\\s]", lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode()), one_line(text))


def _with_capitals(text: str) -> str:
    parts = _WORD.split(unicodedata.normalize("NFC", text))
    for number, part in enumerate(parts):
        word = number % 2 == 1 and part != part.lower()
        parts[number] = f"{{{_escaped(part)}}}" if word else _escaped(part)
    return "".join(parts)


def _escaped(text: str) -> str:
    text = _ASCII.sub(_command, text if text.isascii() else unicodedata.normalize("NFC", text))
    if not text.isascii():
        text = _OTHER.sub(_command, _SCRIPTS.sub(_script, _WIDE_BLANK.sub(" ", text)))
    return _LIGATURE.sub(_parted, text) if _PAIR.search(text) else text  # which is found, or not, far sooner


def _command(found: re.Match[str]) -> str:
    return _COMMANDS[found[0]]


def _script(found: re.Match[str]) -> str:
    """The figures and letters that are raised or lowered, in the command that does it."""
    return f"\\text{'subscript' if found[1] else 'superscript'}{{{unicodedata.normalize('NFKC', found[0])}}}"


def _parted(found: re.Match[str]) -> str:
    return "{}".join(found[0])
