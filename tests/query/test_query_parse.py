"""From text to tree and back: the examples of PubMed's User Guide, and what is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.query.trees import (
    between,
    both,
    combined,
    either,
    leaves,
    near,
    on,
    phrase,
    recent,
    term,
    without,
)
from tui.query import QueryError, errors, parse, tree, unparse
from tui.query.tree import Node, Past, Pmids

READ: list[tuple[str, Node]] = [
    # Words and phrases
    ("cancer", term("cancer")),
    ("  vitamin c \n common cold ", term("vitamin c common cold")),
    ('"kidney allograft"', phrase("kidney allograft")),
    ('"kidney  allograft"', phrase("kidney allograft")),
    ("kidney-allograft", term("kidney-allograft")),
    ("fever of unknown origin", term("fever of unknown origin")),
    ("james, ryan", term("james, ryan")),
    ("p53-/- α-synuclein TGF-β1", term("p53-/- α-synuclein TGF-β1")),
    ("乳腺癌", term("乳腺癌")),
    ("a study: its title", term("a study: its title")),
    ("a study : its title", term("a study : its title")),
    # Tags
    ("kidney allograft[tiab]", term("kidney allograft", "tiab")),
    ("crabs [mh]", term("crabs", "mh")),
    ("Crabs[MESH TERMS]", term("Crabs", "mh")),
    ("o'brien j [au]", term("o'brien j", "au")),
    ('"o\'brien j" [au]', phrase("o'brien j", "au")),
    ("just by[au] seizure", both(term("just by", "au"), term("seizure"))),
    ("ryan[au] james[au]", both(term("ryan", "au"), term("james", "au"))),
    (
        "covid-19[ti] vaccine[ti] children[ti]",
        both(term("covid-19", "ti"), term("vaccine", "ti"), term("children", "ti")),
    ),
    ("cleveland [ad] AND clinic [ad]", both(term("cleveland", "ad"), term("clinic", "ad"))),
    ("benzo a pyrene [mh]", term("benzo a pyrene", "mh")),
    ("0021-9258[is]", term("0021-9258", "ta")),
    ("0375267 [jid]", term("0375267", "ta")),
    ("orcid 0000-0001-5027-4446 [auid]", term("orcid 0000-0001-5027-4446", "auid")),
    ("genbank/AF001892 [si]", term("genbank/AF001892", "si")),
    ("neoplasms [mh:noexp]", term("neoplasms", "mh", explode=False)),
    ("hypertension [Majr : NoExp]", term("hypertension", "majr", explode=False)),
    ("hypertension/therapy [mh:noexp]", term("hypertension/therapy", "mh", explode=False)),
    ("therapy [sh:noexp]", term("therapy", "sh", explode=False)),
    ("review [pt:noexp]", term("review", "pt", explode=False)),
    ("risk*[MeSH:noexp]", term("risk*", "mh", explode=False)),
    ("diagnosis[Subheading:noexp]", term("diagnosis", "sh", explode=False)),
    ("plants/genetics[majr]", term("plants/genetics", "majr")),
    ("wounds and injuries[mh]", term("wounds and injuries", "mh")),
    ('"free full text"[Filter]', phrase("free full text", "sb")),
    # Truncation
    ("toxicol*", term("toxicol*")),
    ('"breast feed*"', phrase("breast feed*")),
    ("breast feed*[tiab]", term("breast feed*", "tiab")),
    ("organi*ation", term("organi*ation")),
    ("smith j*[au]", term("smith j*", "au")),
    # Proximity
    ('"hip pain"[Title:~4] AND stretching', both(near("hip pain", "ti", 4), term("stretching"))),
    ('"patient physician relationship"[Title/Abstract:~0]', near("patient physician relationship", "tiab", 0)),
    ('"Hopkins Bloomberg Public"[ad:~45]', near("Hopkins Bloomberg Public", "ad", 45)),
    ('"il-6 cancer"[tiab: ~ 3]'.replace("~ ", "~"), near("il-6 cancer", "tiab", 3)),
    # Dates
    ("1998[dp]", on("dp", 1998)),
    ("1998/03 [dp]", on("dp", 1998, 3)),
    ("1998/03/06 [dp]", on("dp", 1998, 3, 6)),
    ("1998 mar 6[pdat]", on("dp", 1998, 3, 6)),
    ("2000:2000[dp]", between("dp", (2000,), (2000,))),
    ("1996:1998 [dp]", between("dp", (1996,), (1998,))),
    ("1998/01:1998/04 [dp]", between("dp", (1998, 1), (1998, 4))),
    ("2005 : 2010[edat]", between("edat", (2005,), (2010,))),
    ('("2007/01/01"[dp] : "2007/12/31"[dp])', between("dp", (2007, 1, 1), (2007, 12, 31))),
    ("2019/11/01[PDAT] : 3000/12/31[PDAT]", between("dp", (2019, 11, 1), (3000, 12, 31))),
    ("2019/11/01[PDAT]:3000/12/31[PDAT]", between("dp", (2019, 11, 1), (3000, 12, 31))),
    ('"last 5 years"[dp]', recent("dp", 5, "years")),
    ('"last year"[dp]', recent("dp", 1, "years")),
    ("last 30 days[edat]", recent("edat", 30, "days")),
    ("cancer 2007[dp]", both(term("cancer"), on("dp", 2007))),
    ("cancer last 6 months[crdt]", both(term("cancer"), recent("crdt", 6, "months"))),
    # Numbers
    ("17170002 16381840", Pmids((17170002, 16381840))),
    ("17170002, 16381840; 17170002", Pmids((17170002, 16381840))),
    ("PMID: 17170002 PMID:16381840", Pmids((17170002, 16381840))),
    ("17170002[pmid] OR 16381840[uid]", either(Pmids((17170002,)), Pmids((16381840,)))),
    ('"17170002 16381840"[pmid]', Pmids((17170002, 16381840))),
    ("cancer 17170002 16381840[pmid]", both(term("cancer"), Pmids((17170002, 16381840)))),
    ("cancer 17170002", term("cancer 17170002")),
    # Operators
    ("a AND b AND c", both(term("a"), term("b"), term("c"))),
    ("a AND b OR c", either(both(term("a"), term("b")), term("c"))),
    ("a OR b AND c NOT d", without(both(either(term("a"), term("b")), term("c")), term("d"))),
    ("a NOT b NOT c", without(term("a"), term("b"), term("c"))),
    ("a AND (b OR c)", both(term("a"), either(term("b"), term("c")))),
    ("(a AND b) AND c", both(both(term("a"), term("b")), term("c"))),
    ("((a))", term("a")),
    ("(a)(b)", both(term("a"), term("b"))),
    ('"a" "b" c', both(phrase("a"), phrase("b"), term("c"))),
    ("air AND bladder AND fistula", both(term("air"), term("bladder"), term("fistula"))),
    ("salt & pepper | sugar", either(both(term("salt"), term("pepper")), term("sugar"))),
    ('"salt and pepper"', phrase("salt and pepper")),
    ('"or y"[au]', phrase("or y", "au")),
    ("#1 AND cat", both(Past(1), term("cat"))),
    ("#3 NOT (#4 OR #12)", without(Past(3), either(Past(4), Past(12)))),
    ("#2 mice", both(Past(2), term("mice"))),
]


@pytest.mark.parametrize(("text", "node"), READ, ids=[text for text, _ in READ])
def test_read(text: str, node: Node) -> None:
    assert parse(text) == node
    assert parse(unparse(node)) == node


@pytest.mark.parametrize("text", ["", "  ", "\n\t "])
def test_a_blank_query_is_no_tree(text: str) -> None:
    assert parse(text) is None


REFUSED: list[tuple[str, type[QueryError], int, int]] = [
    ('cancer "breast', errors.UnclosedQuote, 7, 1),
    ('"a" "', errors.UnclosedQuote, 4, 1),
    ("cancer[ti", errors.UnclosedBracket, 6, 1),
    ("(cancer AND (a OR b)", errors.UnclosedBracket, 0, 1),
    ("a AND (", errors.UnclosedBracket, 6, 1),
    ("cancer)", errors.UnopenedBracket, 6, 1),
    (")", errors.UnopenedBracket, 0, 1),
    ("cancer]", errors.UnopenedBracket, 6, 1),
    ("a AND ()", errors.EmptyBrackets, 6, 1),
    ("[ti]", errors.EmptyBrackets, 0, 4),
    ("a AND [ti]", errors.EmptyBrackets, 6, 4),
    ('a OR ""', errors.EmptyBrackets, 5, 2),
    ("a AND --", errors.EmptyBrackets, 6, 2),
    ("cancer[nonsense]", errors.UnknownField, 6, 10),
    ("cancer[]", errors.UnknownField, 6, 2),
    ("cancer[ti:noexp]", errors.UnknownField, 6, 10),
    ("cancer[mh:all]", errors.UnknownField, 6, 8),
    ("2007[dp:noexp]", errors.UnknownField, 4, 10),
    ("AND a", errors.MisplacedOperator, 0, 3),
    ("a OR", errors.MisplacedOperator, 2, 2),
    ("(a NOT)", errors.MisplacedOperator, 3, 3),
    ("a AND OR b", errors.MisplacedOperator, 6, 2),
    ("a & | b", errors.MisplacedOperator, 4, 1),
    ("cats and dogs", errors.MisplacedOperator, 5, 3),
    ("The role of X And Y in z", errors.MisplacedOperator, 14, 3),
    ("cats[ti] or dogs", errors.MisplacedOperator, 9, 2),
    ("cause and effect[ti]", errors.MisplacedOperator, 6, 3),
    ("and injuries[mh]", errors.MisplacedOperator, 0, 3),
    ("“breast cancer”", errors.SmartQuotes, 0, 1),
    ("a AND «b»", errors.SmartQuotes, 6, 1),
    ("can*", errors.ShortTruncation, 0, 4),
    ("breast il-6*", errors.ShortTruncation, 7, 5),
    ('"breast  fee*"[ti]', errors.ShortTruncation, 9, 4),
    ("*", errors.ShortTruncation, 0, 1),
    ("li*[au]", errors.ShortTruncation, 0, 3),
    ('a "breast* cancer"', errors.MisplacedTruncation, 2, 16),
    ("bioch* biophys acta[ta]", errors.MisplacedTruncation, 0, 19),
    ('"organi*-based"', errors.MisplacedTruncation, 0, 15),
    ("cancer 20077[dp]", errors.BadDate, 0, 12),
    ("2007/13[dp]", errors.BadDate, 0, 7),
    ("2007/02/30[dp]", errors.BadDate, 0, 10),
    ("2007 foo[dp]", errors.BadDate, 0, 8),
    ("2010:2005[dp]", errors.BadDate, 0, 9),
    ('"2010"[dp] : "2005"[dp]', errors.BadDate, 11, 1),
    ("2010[dp] : 2012[edat]", errors.BadDate, 9, 1),
    ('"omics" : a review', errors.BadDate, 8, 1),
    (": 2010[dp]", errors.BadDate, 0, 1),
    ('"last 0 years"[dp]', errors.BadDate, 0, 14),
    ('"a b"[mh:~3]', errors.BadProximity, 5, 7),
    ('"a b"[tiab:~x]', errors.BadProximity, 5, 9),
    ("a b[tiab:~3]", errors.BadProximity, 3, 9),
    ('"alone"[tiab:~3]', errors.BadProximity, 7, 9),
    ('"kidney allogr*"[tiab:~3]', errors.BadProximity, 16, 9),
    ("abc[pmid]", errors.BadNumber, 0, 3),
    ('"17 abc"[pmid]', errors.BadNumber, 0, 8),
    ("PMID:[uid]", errors.BadNumber, 0, 5),
    ("(" * 60 + "a" + ")" * 60, errors.TooDeep, 50, 1),
    (" ".join(["a AND b OR"] * 60) + " c", errors.TooDeep, 283, 2),
]


@pytest.mark.parametrize(("text", "mistake", "column", "length"), REFUSED, ids=[row[0][:40] for row in REFUSED])
def test_refused(text: str, mistake: type[QueryError], column: int, length: int) -> None:
    with pytest.raises(mistake) as raised:
        parse(text)
    assert (raised.value.column, raised.value.length) == (column, length)
    assert raised.value.message.endswith(".")
    assert raised.value.hint.endswith(".")
    assert raised.value.exit_status == 2


def test_every_mistake_of_a_text_has_an_example() -> None:
    raised = {mistake for _, mistake, *_ in REFUSED} | {errors.NoSuchSearch}
    assert raised == set(QueryError.__subclasses__())


def test_a_number_of_the_history_knows_its_place_and_is_the_same_wherever_it_stands() -> None:
    first, second = parse("#3"), parse("cat AND  #3")
    assert isinstance(first, Past)
    assert second is not None
    assert second == both(term("cat"), Past(3))
    assert [leaf.column for leaf in tree.leaves(second) if isinstance(leaf, Past)] == [9]
    assert first == Past(3, 9)
    assert hash(first) == hash(Past(3, 9))
    assert first != Past(4, 0)


@given(combined(leaves()))
def test_a_tree_comes_back_from_its_text(node: Node) -> None:
    assert parse(unparse(node)) == node


ALPHABET = st.sampled_from(
    [*'ab1*":#()[]~/ ,&|-', "AND", " OR ", "NOT ", "[ti]", "[dp]", "[mh:noexp]", "last 2 years", "2007"]
)


@given(st.lists(ALPHABET, max_size=12).map("".join) | st.text(max_size=30))
def test_what_is_read_is_read_again_as_the_same(text: str) -> None:
    try:
        node = parse(text)
    except QueryError as error:
        assert 0 <= error.column < len(text)
        assert 1 <= error.length <= len(text) - error.column
    else:
        assert node is None or parse(unparse(node)) == node


@pytest.mark.parametrize(
    "text",
    [
        " OR ".join(f"{number}[pmid]" for number in range(1, 3000)),
        " ".join(map(str, range(1, 5000))),
        "word " * 2000,
        " AND ".join(["word"] * 3000),
        "a" * 10_000,
        '"' + "a " * 5000 + '"[tiab]',
        "(" * 10_000,
        "[" * 10_000,
        "x\0y \ud800 \ue000 \ue001 \U000f0000",
    ],
    ids=lambda text: text[:20].encode("unicode_escape").decode(),
)
def test_long_and_strange_texts(text: str) -> None:
    try:
        node = parse(text)
    except QueryError:
        return
    assert node is not None
    assert parse(unparse(node)) == node
