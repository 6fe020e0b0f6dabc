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
    bare = text.strip()
    if all(ord(character) in table for character in bare):
        script = bare.translate(table)
    elif not any(character.isalnum() for character in bare):
        return text  # ®, ™, *, †: raised or not, they read the same
    else:
        script = mark + (bare if bare.isalnum() else f"({bare})")
    before, _, after = text.partition(bare) if bare else (text, "", "")  # the blank in ``m<sup>2 </sup>of`` is one
    return before + script + after
