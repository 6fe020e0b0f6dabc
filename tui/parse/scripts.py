"""Subscripts and superscripts in plain text: ``H₂O``, ``10⁻⁶``, ``p^(T cell)``.

Unicode has raised and lowered forms of digits, signs and some letters (blocks 2070-209F, 1D2C-1D6A). A script
that has one for every character takes them; any other is written with ``^`` or ``_``.
"""

_PLAIN = "0123456789+-−=()"
_SUPER = str.maketrans(
    _PLAIN + "abcdefghijklmnoprstuvwxyz" + "αβγδθ′", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾" + "ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ" + "ᵅᵝᵞᵟᶿ′"
)
_SUB = str.maketrans(_PLAIN + "aehijklmnoprstuvx" + "βγρφχ", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎" + "ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ" + "ᵦᵧᵨᵩᵪ")


def superscript(text: str) -> str:
    return _script(text, _SUPER, "^")


def subscript(text: str) -> str:
    return _script(text, _SUB, "_")


def _script(text: str, table: dict[int, int], mark: str) -> str:
    text = text.strip()
    if all(ord(character) in table for character in text):
        return text.translate(table)
    if not any(character.isalnum() for character in text):
        return text  # ®, ™, *, †: raised or not, they read the same
    return mark + (text if text.isalnum() else f"({text})")
