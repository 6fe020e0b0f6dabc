"""Formulas read as one line of ordinary characters."""

from __future__ import annotations

import re

import pytest

from tests.parse.record_samples import title_of

FORMULAS = {
    "<mi>x</mi><mo>=</mo><mn>1</mn>": "x = 1",
    "<mi>p</mi><mo>&lt;</mo><mn>0.05</mn>": "p < 0.05",
    "<mi>a</mi><mo>⋅</mo><mi>b</mi><mo>,</mo><mi>c</mi>": "a⋅b,c",
    "<msup><mi>x</mi><mn>2</mn></msup>": "x²",
    "<msub><mi>x</mi><mi>i</mi></msub>": "xᵢ",
    "<msub><mi>V</mi><mi>max</mi></msub>": "Vₘₐₓ",
    "<msub><mi>V</mi><mi>D</mi></msub>": "V_D",
    "<msup><mi>e</mi><mrow><mo>-</mo><mi>x</mi></mrow></msup>": "e⁻ˣ",
    "<msup><mi>R</mi><mtext>T cell</mtext></msup>": "R^(T cell)",
    "<msup><mi>R</mi><mo>×</mo></msup>": "R×",
    "<msubsup><mi>x</mi><mn>1</mn><mn>2</mn></msubsup>": "x₁²",
    "<munderover><mo>∑</mo><mrow><mi>i</mi><mo>=</mo><mn>1</mn></mrow><mi>n</mi></munderover>": "∑_(i = 1)ⁿ",
    "<mover><mi>x</mi><mo>¯</mo></mover>": "x̄",
    "<mover><mi>AB</mi><mo>→</mo></mover>": "AB→",
    "<munder><mi>x</mi><mo>_</mo></munder>": "x̲",
    "<munder><mo>lim</mo><mi>n</mi></munder>": "limₙ",
    "<mfrac><mn>1</mn><mn>2</mn></mfrac>": "1/2",
    "<mfrac><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow><mi>c</mi></mfrac>": "(a + b)/c",
    "<msqrt><mi>x</mi></msqrt>": "√x",
    "<msqrt><mi>x</mi><mo>+</mo><mn>1</mn></msqrt>": "√(x + 1)",
    "<mroot><mi>x</mi><mn>3</mn></mroot>": "³√x",
    "<mfenced><mi>a</mi><mi>b</mi></mfenced>": "(a,b)",
    '<mfenced open="[" close="]" separators=";|"><mi>a</mi><mi>b</mi><mi>c</mi><mi>d</mi></mfenced>': "[a;b|c|d]",
    '<mfenced separators=""><mi>a</mi><mi>b</mi></mfenced>': "(ab)",
    "<mfenced/>": "()",
    "<mi>a</mi><mspace width='1em'/><mi>b</mi>": "a b",
    "<mtable><mtr><mtd><mn>1</mn></mtd><mtd><mn>2</mn></mtd></mtr><mtr><mtd><mn>3</mn></mtd></mtr></mtable>": "1, 2; 3",
    "<semantics><mi>x</mi><annotation>x-tex</annotation></semantics>": "x",
    "<semantics/>": "",
    "<mstyle><mi>a</mi><mpadded><mi>b</mi></mpadded></mstyle>": "ab",
    "<mnew><mi>a</mi>stray<mi>b</mi></mnew>": "astrayb",
    "<msup><mi>x</mi></msup>": "x",
    "<mi>\n  mean \t value\n</mi>": "mean value",
}


@pytest.mark.parametrize("formula", FORMULAS)
def test_a_formula_reads_as_a_line(formula: str) -> None:
    prefixed = re.sub(r"<(/?)(\w)", r"<\1mml:\2", formula)
    title = title_of(f'<mml:math xmlns:mml="http://www.w3.org/1998/Math/MathML">{prefixed}</mml:math>')
    assert title == FORMULAS[formula]


def test_a_formula_stands_in_its_sentence() -> None:
    formula = '<mml:math xmlns:mml="http://www.w3.org/1998/Math/MathML"><mml:mi>x</mml:mi><mml:mo>=</mml:mo></mml:math>'
    assert title_of(f"where {formula} is, and ({formula}).") == "where x = is, and (x =)."


def test_a_displayed_formula_too() -> None:
    formula = '<mml:math xmlns:mml="http://www.w3.org/1998/Math/MathML"><mml:mi>x</mml:mi></mml:math>'
    assert title_of(f"as <DispFormula>{formula}</DispFormula> says") == "as x says"
