"""Marked-up text is read as words, nothing of it is lost, and nothing in it can act on a terminal."""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.parse.record_samples import record_of, title_of
from tui.model.clean import clean, one_line, squeeze
from tui.model.text import Text
from tui.parse.tree import suspect

TITLES = {
    "Plain": "Plain",
    "less &lt;5 &amp; more &gt;6 &quot;x&quot;": 'less <5 & more >6 "x"',
    "Growth of <i>Drosophila</i> in <b>two</b> <u>jars</u>.": "Growth of Drosophila in two jars.",
    "<i>Arabidopsis</i> at the front": "Arabidopsis at the front",
    "at the end <i>Arabidopsis</i>": "at the end Arabidopsis",
    "H<sub>2</sub>O and CO<sub>2</sub>": "H₂O and CO₂",
    "1.73 m<sup>2</sup> of skin": "1.73 m² of skin",
    "1.73 m<sup>2 </sup>of skin": "1.73 m² of skin",
    "1.73 m<sup> 2</sup> of skin": "1.73 m ² of skin",
    "CD4<sup>+</sup> T cells, Ca<sup>2+</sup>, 10<sup>-6</sup> M": "CD4⁺ T cells, Ca²⁺, 10⁻⁶ M",
    "x<sub>max</sub>, V<sub>D</sub>, p<sup>T cell</sup>": "xₘₐₓ, V_D, p^(T cell)",
    "Brand<sup>®</sup>, dagger<sup>†</sup>, prime<sup>′</sup>": "Brand®, dagger†, prime′",
    "<i>k</i><sub><i>cat</i></sub>/<i>K</i><sub>m</sub>": "k_cat/Kₘ",
    "a<sub/>b<i/>c<sup> </sup>d": "abc d",
    "<b>a <i>b <u>c<sup>2</sup></u></i></b> d": "a b c² d",
    "<unknown>kept <i>too</i></unknown>.": "kept too.",
    "two\n   lines\tand a <i>third\n</i> one ": "two lines and a third one",
    "a<!-- no <i>comment</i> -->b<?no instruction?>c": "abc",
    "<![CDATA[a <i>b</i> & c]]>": "a <i>b</i> & c",
    "thin\u2009space and no\u00a0break": "thin\u2009space and no\u00a0break",
    "&#945;-synuclein &#x3B2;": "α-synuclein β",
}


@pytest.mark.parametrize("xml", TITLES)
def test_marked_up_text_reads_as_words(xml: str) -> None:
    assert title_of(xml) == TITLES[xml]


PLACES = {
    "AbstractText": ("<Abstract><AbstractText>{}</AbstractText></Abstract>", "article"),
    "Affiliation": (
        "<AuthorList><Author><LastName>A</LastName><AffiliationInfo><Affiliation>{}</Affiliation></AffiliationInfo>"
        "</Author></AuthorList>",
        "article",
    ),
    "CollectiveName": ("<AuthorList><Author><CollectiveName>{}</CollectiveName></Author></AuthorList>", "article"),
    "VernacularTitle": ("<VernacularTitle>{}</VernacularTitle>", "article"),
    "Keyword": ("<KeywordList><Keyword>{}</Keyword></KeywordList>", "citation"),
    "CoiStatement": ("<CoiStatement>{}</CoiStatement>", "citation"),
    "Citation": ("<ReferenceList><Reference><Citation>{}</Citation></Reference></ReferenceList>", "data"),
    "Param": ('<ObjectList><Object Type="t"><Param Name="n">{}</Param></Object></ObjectList>', "data"),
}


@pytest.mark.parametrize("place", PLACES)
def test_every_place_of_mixed_content_is_read_whole(place: str) -> None:
    form, where = PLACES[place]
    found = record_of(**{where: form.format("a <i>b</i> H<sub>2</sub>O <b>end</b>")})
    assert "'a b H₂O end'" in repr(found)
    assert "a H" not in repr(found)


def test_the_markup_is_kept_beside_the_words() -> None:
    title = title_of(
        'a &lt;<i>b</i>&amp;<x y="&quot;1&quot;">c</x><sub/> <mml:math xmlns:mml="http://www.w3.org/1998/Math/MathML"'
        ' display="inline"><mml:mi>x</mml:mi></mml:math>'
    )
    assert isinstance(title, Text)
    assert title == "a <b&c x"
    assert title.markup == (
        'a &lt;<i>b</i>&amp;<x y="&quot;1&quot;">c</x><sub/> '
        '<mml:math xmlns:mml="http://www.w3.org/1998/Math/MathML" display="inline"><mml:mi>x</mml:mi></mml:math>'
    )


def test_text_without_markup_is_an_ordinary_string() -> None:
    assert type(title_of("a &lt;b&gt;")) is str


@given(
    st.recursive(
        st.text("ab <&\"'é", max_size=5).map(escape),
        lambda inner: st.tuples(st.sampled_from("bui"), st.lists(inner, max_size=3)).map(
            lambda made: f"<{made[0]}>{''.join(made[1])}</{made[0]}>"
        ),
        max_leaves=8,
    )
)
def test_markup_that_is_read_again_is_the_same(xml: str) -> None:
    title = title_of(f"x{xml}<i>y</i>")
    again = title_of(getattr(title, "markup", ""))
    assert again == title
    assert getattr(again, "markup", "") == getattr(title, "markup", "")


HARMFUL = {
    "c1": "\x9b2J\x9d0;\x85",
    "delete": "\x7f",
    "bidi": "\u202a\u202e\u2066\u2069\u200e\u200f\u061c",
    "lines": "\u2028\u2029\r\n",
    "marks of order": "\ufeff\ufff9\ufffb",
    "stack": "e" + "\u0301" * 40,
    "stacks": "e" + "\u0301\u20d7\ufe20\u0488\u1dc0\u1ab0" * 8,
}


@pytest.mark.parametrize("text", HARMFUL.values(), ids=HARMFUL)
@pytest.mark.parametrize("raw", [True, False], ids=["as bytes", "as references"])
def test_what_could_act_on_a_terminal_is_taken_out(text: str, raw: bool) -> None:
    written = text if raw else "".join(f"&#{ord(character)};" for character in text)
    found = record_of(
        title=f"a{written}b",
        citation=f'<KeywordList Owner="{written}"><Keyword>k{written}<i>{written}</i>{written}</Keyword></KeywordList>',
        article=f'<NewThing new="n{written}">t{written}</NewThing>',
    )
    assert found.title == one_line(f"a{text}b")
    keyword = found.keyword_lists[0].keywords[0].text
    for value in (found.title, found.keyword_lists[0].owner, keyword, getattr(keyword, "markup", ""), repr(found)):
        assert clean(value) == value


def test_a_stack_of_marks_is_cut_across_elements_too() -> None:
    title = title_of("e" + "".join(f"<i>{chr(0x301) * 8}</i>" for _ in range(9)))
    assert title == "e" + "\u0301" * 8


# Characters that XML 1.0 allows (production 2), without the carriage return, which a parser turns into a line end.
ALLOWED = st.characters(exclude_categories=["Cs"], exclude_characters=[*map(chr, range(32)), "\ufffe", "\uffff"])
TELLING = st.sampled_from(["\t", "\n", " ", "\x7f", "\x9b", "́", "\u202e", "\u2028", "\ufeff", "⃗", "&", "<", "]]>"])
TEXT = st.lists(ALLOWED | TELLING, max_size=30).map("".join)
SLOTS = [
    ("title", "{}"),
    ("journal", "<Title>{}</Title>"),
    ("date", "<MedlineDate>{}</MedlineDate>"),
    ("article", "<AuthorList><Author ValidYN='Y'><LastName>{}</LastName></Author></AuthorList>"),
    (
        "article",
        '<AuthorList CompleteYN="Y"><Author ValidYN="Y"><LastName>A</LastName><AffiliationInfo><Affiliation>{}'
        "</Affiliation></AffiliationInfo></Author></AuthorList>",
    ),
    ("article", "<Abstract><AbstractText>{}</AbstractText></Abstract>"),
    (
        "citation",
        '<MeshHeadingList><MeshHeading><DescriptorName UI="D1" MajorTopicYN="N">{}</DescriptorName>'
        "</MeshHeading></MeshHeadingList>",
    ),
    ("citation", "<KeywordList><Keyword>x</Keyword><Keyword>{}</Keyword></KeywordList>"),
    ("data", "<ReferenceList><Reference><Citation>{}</Citation></Reference></ReferenceList>"),
    (
        "data",
        '<ReferenceList><Reference><Citation>C</Citation><ArticleIdList><ArticleId IdType="doi">{}</ArticleId>'
        "</ArticleIdList></Reference></ReferenceList>",
    ),
]


@given(st.sampled_from(SLOTS), TEXT)
@example(SLOTS[0], "\x7f")
@example(SLOTS[8], "&lt;]]>")
def test_any_text_in_any_place_comes_out_clean_and_whole(slot: tuple[str, str], text: str) -> None:
    where, form = slot
    found = record_of(**{where: form.format(escape(text + "|"))})
    assert repr(squeeze(clean(text + "|"))) in repr(found)


@given(TEXT)
def test_attributes_come_out_clean(text: str) -> None:
    found = record_of(article=f"<NewThing a={quoteattr(text)}/>")
    assert found.unrecognised[0].attributes == (("a", clean(text)),)


def test_every_character_that_is_cleaned_is_suspect() -> None:
    every = (chr(number) for number in (*range(0x20, 0xD800), *range(0xE000, 0x110000)))
    for character in (one for one in every if clean(one) != one):
        assert suspect(f"<a>{character}</a>".encode()), hex(ord(character))


@settings(max_examples=500)
@given(TEXT | TEXT.map(lambda text: text + "\u0301" * 9))
def test_what_is_not_suspect_holds_nothing_to_clean(text: str) -> None:
    if not suspect(text.encode()):
        assert clean(text) == text
