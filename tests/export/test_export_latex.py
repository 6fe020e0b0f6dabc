"""Text as LaTeX: nothing in it acts, and nothing is lost."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.export.latex import latex, title, verbatim
from tui.model.text import Text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("50% & $5 #1 a_b", r"50\% \& \$5 \#1 a\_b"),
        ("\\input{x}", r"{\textbackslash}input{$\lbrace$}x{$\rbrace$}"),
        ("~x^2 p<0.05|q>1", r"{\textasciitilde}x{\textasciicircum}2 p{$<$}0.05{$|$}q{$>$}1"),
        ('a "b" c', 'a {"}b{"} c'),
        ("a -- b --- ''c'' ``d`` ?` !` ,,e", "a -{}- b -{}-{}- '{}'c'{}' `{}`d`{}` ?{}` !{}` ,{},e"),
        ("TNF-α ≥ 2 µm → Δψ", r"TNF-{$\alpha$} {$\geq$} 2 µm {$\rightarrow$} {$\Delta$}{$\psi$}"),
        ("5′ and 3″ −4", "5{$'$} and 3{$'$}{$'$} {$-$}4"),
        ("H₂O, 10⁻⁶, m²", r"H\textsubscript{2}O, 10\textsuperscript{{$-$}6}, m\textsuperscript{2}"),
        ("Müller, Łódź, 王, –—“”", "Müller, Łódź, 王, –—“”"),
        ("e\u0301", "é"),
        ("1.73\u2009m\u202fx", "1.73 m x"),
        (" a\n b\tc ", "a b c"),
        ("a\x00\u202eb", "a\ufffdb"),
        (Text("CCL5", "<i>CCL5</i>"), r"\textit{CCL5}"),
        (Text("H₂O & CO₂", "H<sub>2</sub>O &amp; CO<sub>2</sub>"), r"H\textsubscript{2}O \& CO\textsubscript{2}"),
        (Text("a b c", "<b>a</b> <u>b</u> <sup>c</sup>"), r"\textbf{a} \underline{b} \textsuperscript{c}"),
        (Text("x² is", '<mml:math xmlns:mml="m"><mml:mi>x</mml:mi></mml:math> is'), r"x\textsuperscript{2} is"),
        (Text("a<b", "a&lt;b"), "a{$<$}b"),
        (Text("a", "<i>a"), r"\textit{a}"),
        (Text("ab", "<i>a<b>b</i>"), r"\textit{a\textbf{b}}"),
        (Text("a", "</i><script>a</script><i/>"), "a"),
    ],
)
def test_as_latex(text: str, expected: str) -> None:
    assert latex(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mesenchymal cells in Uganda", "Mesenchymal cells in {Uganda}"),
        ("DNA and mRNA of IL-6/JAK", "{DNA} and {mRNA} of {IL}-6/{JAK}"),
        ("A trial of McDonald's", "A trial of {McDonald}'s"),
        ("[Die Übung]", "[{Die} {Übung}]"),
        ("H₂O", r"{H\textsubscript{2}O}"),
        ("Über Δψ", r"Über {{$\Delta$}{$\psi$}}"),
        ("Ärzte e\u0301tE\u0301", "Ärzte {étÉ}"),
        (Text("Escherichia coli", "<i>Escherichia coli</i>"), r"\textit{{Escherichia} coli}"),
        ("{A} \\B", r"{$\lbrace$}{A}{$\rbrace$} {\textbackslash}{B}"),
        ("", ""),
    ],
)
def test_capitals_in_titles_are_kept_but_the_first(text: str, expected: str) -> None:
    assert title(text) == expected


COMMANDS = re.compile(
    r"\\(?:[$%&#_]|text(?:backslash|asciicircum|asciitilde)(?=\})|(?:text(?:it|bf|subscript|superscript)|underline)(?=\{)"
    r"|[A-Za-z]+(?=\$))"
)


FORMULA = re.compile(r"\{\$[<>|'-]?\$\}")


@given(st.one_of(st.text(), st.text(alphabet="\\{}$%&#_^~<>|\"'`-,?!ab ₂⁻αΔ≥\u0301\n")))
def test_no_text_acts_in_latex(text: str) -> None:
    for written in (latex(text), title(text)):
        rest = FORMULA.sub("x", COMMANDS.sub("", written))
        assert not set(rest) & set("\\%&#_^~<>|$\n")
        apart = FORMULA.sub("x", COMMANDS.sub("x", written))  # so that what a command stands between is not joined
        assert not re.search("--|''|``|,,|[?!]`", apart)
        depth = 0
        for character in rest:
            depth += (character == "{") - (character == "}")
            assert depth >= 0
        assert depth == 0


@given(st.text())
def test_letters_are_kept(text: str) -> None:
    def letters(text: str) -> list[str]:
        return [each for each in unicodedata.normalize("NFKC", text) if each.isalpha() and ord(each) < 0x370]

    assert letters(COMMANDS.sub("", latex(text))) == letters(unicodedata.normalize("NFC", text))


@given(st.text())
def test_what_is_verbatim_ends_no_value(text: str) -> None:
    assert not set(verbatim(text)) & set("{}\\ \t\n")


def test_a_doi_is_verbatim() -> None:
    assert verbatim("10.1002/(SICI)1097<1661::AID_968>3.0.CO;2-2") == "10.1002/(SICI)1097<1661::AID_968>3.0.CO;2-2"
    assert verbatim(" 10.1/{a}\\b c ") == "10.1/%7Ba%7D%5Cb%20c"
