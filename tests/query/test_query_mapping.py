"""What untagged words stand for, with a vocabulary made up for it; told in the words of PubMed's translations."""

from __future__ import annotations

import pytest
from hypothesis import given

from tests.query.trees import both, combined, either, leaves, phrase, term, without
from tui.model.folding import words
from tui.query import errors, parse, unparse
from tui.query.fields import Kind
from tui.query.mapping import Mapped, Vocabulary, mapped, with_past
from tui.query.tree import Combination, Node, Past, Pmids, Term
from tui.query.tree import leaves as leaves_of

HEADINGS = {
    "breast neoplasms": "Breast Neoplasms", "breast cancer": "Breast Neoplasms",
    "cancer of the breast": "Breast Neoplasms",
    "neoplasms": "Neoplasms", "cancer": "Neoplasms", "child rearing": "Child Rearing", "toothache": "Toothache",
    "odontalgia": "Toothache", "protein c": "Protein C", "risk": "Risk", "risks": "Risk", "asthma": "Asthma",
    "interleukin 6": "Interleukin-6", "il 6": "Interleukin-6", "clinical trial": "Clinical Trial",
    "clinical trials as topic": "Clinical Trials as Topic", "quality of life": "Quality of Life", "nature": "Nature",
    "metabolism": "Metabolism", "air bladder": "Air Sacs", "sleep disorders": "Sleep Wake Disorders", "pain": "Pain",
    "vitamin c": "Ascorbic Acid", "common cold": "Common Cold",
}  # fmt: skip
JOURNALS = {"endocrine pathology": "endocr pathol", "1059 1524": "mol biol cell", "nature": "nature"}
_WORDS = """
    cancer cancers neoplasms breast child rearing toothache odontalgia odontalgias protein risk risks il tumor tumour
    tumors anemia anaemia study studies flight psittacine psittacines air bladder fistula role roles heart attack
    attacks karnoub ae smith john wong julia s life quality vitamin c common cold trial tp53 brca1 cd4 nature metabolism
    1998 17914389 zebrafish endocrine pathology cell 乳 腺 癌 pain sleep disorders asthma therapy
"""
WORDS = frozenset(_WORDS.split())
PHRASES = ("breast cancer", "il 6", "kidney allograft", "乳 腺 癌", "heart attack", "endocrine pathology", "protein c")
NAMES = {
    "au": ("karnoub ae", "karnoub a", "smith j", "o brien jc jr", "as a"),
    "ir": ("smith j", "harry janes"),
    "fau": ("julia s wong", "james, ryan", "heart smith"),
}
VALUES = {"sb": ("hasabstract", "ownernasa"), "aid": ("10.1038/nature06188",), "pmc": ("PMC2600426",), "si": ("geo",)}


class Made:
    """A vocabulary of a few words. Anything is found in all fields of which each word is known."""

    def heading(self, text: str) -> str:
        return HEADINGS.get(text, "")

    def goes_on(self, text: str) -> bool:
        return any(name.startswith(f"{text} ") for name in HEADINGS)

    def is_type(self, heading: str) -> bool:
        return heading == "Clinical Trial"

    def journal(self, text: str) -> str:
        return JOURNALS.get(text, "")

    def found(self, node: Node) -> bool:
        if isinstance(node, Combination):
            each = [self.found(part) for part in node.parts]
            return all(each) if node.operator == "AND" else any(each)
        return not isinstance(node, Term) or self._found(node)

    @staticmethod
    def _found(term: Term) -> bool:
        assert term.field is not None, "only what has a field is looked for"
        if term.field.kind is Kind.NAME and " " not in term.text:
            return any(term.text in words(name) for names in NAMES.values() for name in names)
        if term.field.kind is Kind.NAME:
            return term.text in NAMES.get(term.field.tag, ())
        if term.field.kind is Kind.HEADING:
            return " ".join(words(term.text.partition("/")[0])) in HEADINGS
        if term.field.tag in VALUES:
            return term.text in VALUES[term.field.tag]
        separate = words(term.text.replace("*", " "))
        if "*" in term.text:
            return any(word.startswith(separate[-1]) for word in WORDS)
        return " ".join(separate) in PHRASES if len(separate) > 1 else separate[0] in WORDS


VOCABULARY: Vocabulary = Made()


def meant(text: str, *, unfinished: bool = False) -> Mapped:
    node = parse(text)
    assert node is not None
    return mapped(node, VOCABULARY, lambda _number: None, unfinished=unfinished)


def translation(text: str, *, unfinished: bool = False) -> str:
    node = meant(text, unfinished=unfinished).node
    return "" if node is None else unparse(node, long=True)


CANCER = '"neoplasms"[MeSH Terms] OR "neoplasms"[All Fields] OR "cancer"[All Fields] OR "cancers"[All Fields]'
BREAST_NEOPLASMS = (
    '"breast neoplasms"[MeSH Terms] OR ("breast"[All Fields] AND "neoplasms"[All Fields]) OR '
    '"breast neoplasms"[All Fields]'
)
BREAST_CANCER = f'{BREAST_NEOPLASMS} OR ("breast"[All Fields] AND "cancer"[All Fields]) OR "breast cancer"[All Fields]'
TRANSLATIONS = [
    # The User Guide's and ESearch's own examples
    (
        "child rearing",
        '"child rearing"[MeSH Terms] OR ("child"[All Fields] AND "rearing"[All Fields]) OR "child rearing"[All Fields]',
    ),
    (
        "odontalgia",
        '"toothache"[MeSH Terms] OR "toothache"[All Fields] OR "odontalgia"[All Fields] OR "odontalgias"[All Fields]',
    ),
    ("cancer", CANCER),
    ("breast cancer", BREAST_CANCER),
    ("risks", '"risk"[MeSH Terms] OR "risk"[All Fields] OR "risks"[All Fields]'),
    ("protein c", '"protein c"[MeSH Terms] OR "protein c"[All Fields]'),
    (
        "endocrine pathology",
        '"endocr pathol"[Journal] OR "endocrine pathology"[Journal] OR '
        '("endocrine"[All Fields] AND "pathology"[All Fields]) OR "endocrine pathology"[All Fields]',
    ),
    (
        "air bladder fistula",
        '("air sacs"[MeSH Terms] OR ("air"[All Fields] AND "sacs"[All Fields]) OR "air sacs"[All Fields] OR '
        '("air"[All Fields] AND "bladder"[All Fields]) OR "air bladder"[All Fields]) AND "fistula"[All Fields]',
    ),
    ("psittacine flight[tw]", '("psittacine"[All Fields] OR "psittacines"[All Fields]) AND "flight"[Text Word]'),
    ("1998 karnoub", '"1998"[All Fields] AND "karnoub"[All Fields]'),
    # Subjects
    (
        "Cancer of the BREAST",
        f'{BREAST_NEOPLASMS} OR ("cancer"[All Fields] AND "breast"[All Fields]) OR "cancer of the breast"[All Fields]',
    ),
    ("breast-cancer", BREAST_CANCER),
    (
        "breast cancers",
        f'{BREAST_NEOPLASMS} OR ("breast"[All Fields] AND "cancers"[All Fields]) OR "breast cancers"[All Fields]',
    ),
    ("IL-6", '"interleukin-6"[MeSH Terms] OR "interleukin 6"[All Fields] OR "il 6"[All Fields]'),
    ("il 6", '"interleukin-6"[MeSH Terms] OR "interleukin 6"[All Fields] OR "il 6"[All Fields]'),
    (
        "quality of life",
        '"quality of life"[MeSH Terms] OR ("quality"[All Fields] AND "life"[All Fields]) OR '
        '"quality of life"[All Fields]',
    ),
    (
        "clinical trial",
        '"clinical trial"[Publication Type] OR "clinical trials as topic"[MeSH Terms] OR "clinical trial"[All Fields]',
    ),
    ("metabolism", '"metabolism"[MeSH Terms] OR "metabolism"[MeSH Subheading] OR "metabolism"[All Fields]'),
    ("asthma/dt", '"asthma/drug therapy"[MeSH Terms]'),
    ("breast cancer/diet therapy", '"breast neoplasms/diet therapy"[MeSH Terms]'),
    # Journals come after subjects, authors after both
    ("nature", '"nature"[MeSH Terms] OR "nature"[All Fields]'),
    ("1059-1524", '"mol biol cell"[Journal] OR "1059 1524"[Journal] OR "1059 1524"[All Fields]'),
    ("karnoub ae", "karnoub ae[Author]"),
    ("karnoub a", "karnoub a[Author]"),
    ("Karnoub AE zebrafish", 'karnoub ae[Author] AND "zebrafish"[All Fields]'),
    ("smith j", "smith j[Author] OR smith j[Investigator]"),
    ("O'Brien JC Jr", "o brien jc jr[Author]"),
    ("julia s wong", "julia s wong[Author - Full]"),
    ("james, ryan", "james, ryan[Author - Full]"),
    ("harry janes", "harry janes[Investigator]"),
    ("as a", "as a[Author]"),
    ("cancer as a risk", f'({CANCER}) AND ("risk"[MeSH Terms] OR "risk"[All Fields] OR "risks"[All Fields])'),
    # Words
    ("tumour", '"tumour"[All Fields] OR "tumor"[All Fields] OR "tumors"[All Fields]'),
    ("anemia", '"anemia"[All Fields] OR "anaemia"[All Fields]'),
    ("studies", '"studies"[All Fields] OR "study"[All Fields]'),
    ("the role in flight", '("role"[All Fields] OR "roles"[All Fields]) AND "flight"[All Fields]'),
    ("tp53,brca1;cd4+", '"tp53"[All Fields] AND "brca1"[All Fields] AND "cd4"[All Fields]'),
    ("乳腺癌", '"乳腺癌"[All Fields]'),
    ("cancer -- breast?", f'({CANCER}) AND "breast"[All Fields]'),
    ("zebrafish[all]", '"zebrafish"[All Fields]'),
    ("cancer[all]", CANCER),
    # What is not mapped
    ('"breast cancer"', '"breast cancer"[All Fields]'),
    ('"Breast Cancer"[tiab]', '"breast cancer"[Title/Abstract]'),
    ("Breast Cancer[tiab]", '"breast cancer"[Title/Abstract]'),
    ("breast cancer[mh]", '"breast neoplasms"[MeSH Terms]'),
    ("asthma/th[majr:noexp]", '"asthma/therapy"[MeSH Major Topic:noexp]'),
    ("dh[sh]", '"diet therapy"[MeSH Subheading]'),
    ("heart attack*", '"heart"[All Fields] AND "attack*"[All Fields]'),
    ('"heart attack*"', '"heart attack*"[All Fields]'),
    ("heart-attack*", '"heart-attack*"[All Fields]'),
    ("brea*cer,toot*-flight", '"brea*cer"[All Fields] AND "toot*"[All Fields] AND "flight"[All Fields]'),
    # Numbers and filters
    ("17914389 zebrafish", '"17914389"[All Fields] AND "zebrafish"[All Fields]'),
    ("PMID: 17914389 zebrafish", '"17914389"[All Fields] AND "zebrafish"[All Fields]'),
    ("17 18", "17 18[UID]"),
    ("doi: 10.1038/nature06188", '"10.1038/nature06188"[Article Identifier]'),
    ("https://doi.org/10.1038/nature06188", '"10.1038/nature06188"[Article Identifier]'),
    ("PMC2600426.1", '"pmc2600426"[PMCID]'),
    ("hasabstract", '"hasabstract"[Filter]'),
    ("ownernasa zebrafish", '"ownernasa"[Filter] AND "zebrafish"[All Fields]'),
    ("haste", '"haste"[All Fields]'),
    # Everything else stays
    ("karnoub ae[au] AND 2007[dp]", "karnoub ae[Author] AND 2007[Date - Publication]"),
    ('2005:2010[dp] OR "last 5 years"[edat]', '2005:2010[Date - Publication] OR "last 5 years"[Date - Entry]'),
    ('"Hip Pain"[ti:~2]', '"hip pain"[Title:~2]'),
]


@pytest.mark.parametrize(("text", "expected"), TRANSLATIONS, ids=[text for text, _ in TRANSLATIONS])
def test_translation(text: str, expected: str) -> None:
    assert translation(text) == expected


@pytest.mark.parametrize(
    ("text", "node"),
    [
        # A tag is that of as many of the last words as are found there.
        ("zebrafish karnoub ae[au]", both(phrase("zebrafish", "all"), term("karnoub ae", "au"))),
        ("zebrafish kidney allograft[tiab]", both(phrase("zebrafish", "all"), phrase("kidney allograft", "tiab"))),
        ("brea* --[ti]", phrase("brea*", "ti")),
        ("nowhere[ti]", phrase("nowhere", "ti")),
        ("nowhere at all[ti]", phrase("nowhere at all", "ti")),
        ("smith zz[au]", term("smith zz", "au")),
        ("brea* flight[ti]", both(phrase("brea*", "all"), phrase("flight", "ti"))),
        ("brea* nowhere[ti]", both(phrase("brea*", "all"), phrase("nowhere", "ti"))),
        ('"zebrafish karnoub"[ti]', phrase("zebrafish karnoub", "ti")),
        # Words that are left out leave no hole.
        ("the AND zebrafish", phrase("zebrafish", "all")),
        ("zebrafish NOT the", phrase("zebrafish", "all")),
        ("zebrafish NOT zebrafish", without(phrase("zebrafish", "all"), phrase("zebrafish", "all"))),
        ("zebrafish OR zebrafish", phrase("zebrafish", "all")),
        ("zebrafish zebrafish", phrase("zebrafish", "all")),
        ("the NOT zebrafish", None),
        ("the", None),
        ("of the", None),
    ],
)
def test_the_tree_that_is_looked_for(text: str, node: Node | None) -> None:
    assert meant(text).node == node


@pytest.mark.parametrize(
    ("text", "not_found", "ignored"),
    [
        ("zebrafish in the cell", (), ("in", "the")),
        ("what role does pain have", (), ("what", "does", "have")),
        ("nowhere OR Nowhere OR zebrafish", ("nowhere", "Nowhere"), ()),
        ('"zebrafish flight" OR zebrafish', ('"zebrafish flight"',), ()),
        ('"zebrafish flight"[ti]', ('"zebrafish flight"[ti]',), ()),
        ("smith zz[au]", ("smith zz[au]",), ()),
        ("free full text[sb]", ("free full text[sb]",), ()),
        ("zebra-fish", ("zebra-fish",), ()),
        ("zzzz* zebrafish", ("zzzz*",), ()),
        ("10.1234/x", ("10.1234/x",), ()),
        ("child rearing[mh]", (), ()),
    ],
)
def test_what_was_not_found_and_what_was_left_out(
    text: str, not_found: tuple[str, ...], ignored: tuple[str, ...]
) -> None:
    assert meant(text)[1:] == (not_found, ignored)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("zebra", '"zebra*"[All Fields]'),
        ("the", ""),
        ("zebrafish can", '"zebrafish"[All Fields]'),
        ("zebrafish canc", '"zebrafish"[All Fields] AND "canc*"[All Fields]'),
        ("zebrafish c", '"zebrafish"[All Fields]'),
        ("zebrafish AND c", '"zebrafish"[All Fields]'),
        ("breast cancer", '"breast"[All Fields] AND "cancer*"[All Fields]'),
        ("breast cancer risk", f'({BREAST_CANCER}) AND "risk*"[All Fields]'),
        ("heart-att", '"heart-att*"[All Fields]'),
        ("zebrafish AND canc", '"zebrafish"[All Fields] AND "canc*"[All Fields]'),
        ("canc AND zebrafish[ti]", '"canc"[All Fields] AND "zebrafish"[Title]'),
    ],
)
def test_the_last_word_may_be_unfinished(text: str, expected: str) -> None:
    assert translation(text, unfinished=True) == expected


def test_names_give_way_where_nothing_is_found() -> None:
    """``heart smith`` is somebody, but of those who are found together with the rest there is none."""
    assert translation("heart smith") == "heart smith[Author - Full]"
    assert translation("heart smith nowhere") == (
        '"heart"[All Fields] AND "smith"[All Fields] AND "nowhere"[All Fields]'
    )
    assert meant("heart smith nowhere").not_found == ("nowhere",)


HISTORY = {
    1: parse("cancer AND risk"),
    2: parse("#1 OR zebrafish[ti]"),
    3: parse("#3 OR #1"),
    4: parse("#9 AND #1"),
    5: parse("#4 AND pain"),
}


def test_searches_of_the_history_stand_for_what_they_asked() -> None:
    node = parse("#2 NOT #1")
    assert node is not None
    asked = both(term("cancer"), term("risk"))
    assert with_past(node, HISTORY.get) == without(either(asked, term("zebrafish", "ti")), asked)


@pytest.mark.parametrize(
    ("text", "column", "length", "message"),
    [
        ("#7", 0, 2, "There is no search #7."),
        ("cancer AND (#1 OR #77)", 18, 3, "There is no search #77."),
        ("cancer AND #4", 11, 2, "There is no search #9, on which search #4 stands."),
        ("cancer AND #5", 11, 2, "There is no search #9, on which search #5 stands."),
        ("pain OR #3", 8, 2, "There is no search #3, on which search #3 stands."),
    ],
)
def test_a_search_that_is_gone_is_told_by_the_number_that_was_typed(
    text: str, column: int, length: int, message: str
) -> None:
    node = parse(text)
    assert node is not None
    with pytest.raises(errors.NoSuchSearch) as raised:
        mapped(node, VOCABULARY, HISTORY.get)
    assert (raised.value.column, raised.value.length, raised.value.message) == (column, length, message)


def test_searches_that_double_each_other_end() -> None:
    history = {number: parse(f"#{number - 1} OR #{number - 1}") for number in range(2, 99)} | {1: parse("cancer")}
    with pytest.raises(errors.TooDeep) as raised:
        with_past(both(term("pain"), Past(98, 9)), history.get)
    assert (raised.value.column, raised.value.length) == (9, 3)


def test_a_long_query_is_not_too_much_by_itself() -> None:
    node = Combination("OR", tuple(term(f"word{number}") for number in range(20_000)))
    assert with_past(node, HISTORY.get) == node


@given(combined(leaves().filter(lambda leaf: not isinstance(leaf, Past))))
def test_what_is_mapped_has_fields_and_stays(node: Node) -> None:
    once = mapped(node, VOCABULARY, HISTORY.get).node
    if once is None:
        return
    assert [
        leaf for leaf in leaves_of(once) if not isinstance(leaf, Pmids) and getattr(leaf, "field", None) is None
    ] == []
    assert mapped(once, VOCABULARY, HISTORY.get).node == once
    assert parse(unparse(once)) == once
