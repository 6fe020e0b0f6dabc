"""Authors and editors as each style writes them."""

from __future__ import annotations

import pytest

from tui.export import names
from tui.model.record import Person

PERSONS = [
    # person, NLM, AMA, APA, MLA; AMA's are those of its manual, 3.7
    (Person("Doe", "John F", "JF"), "Doe JF", "Doe JF", "Doe, J. F.", "Doe, John F."),
    (Person("Roe", "", "JP", "3rd"), "Roe JP 3rd", "Roe JP III", "Roe, J. P., III", "Roe, J. P., III"),
    (Person("Coe", "R T", "RT", "Jr"), "Coe RT Jr", "Coe RT Jr", "Coe, R. T., Jr.", "Coe, R. T., Jr."),
    (
        Person("Trask", "O. Joseph", "OJ", "Jr."),
        "Trask OJ Jr",
        "Trask OJ Jr",
        "Trask, O. J., Jr.",
        "Trask, O. Joseph, Jr.",
    ),
    (Person("van Voe", "Ann", "A"), "van Voe A", "van Voe A", "van Voe, A.", "van Voe, Ann"),
    (Person("Roujeau", "Jean-Claude", "JC"), "Roujeau JC", "Roujeau JC", "Roujeau, J.-C.", "Roujeau, Jean-Claude"),
    (Person("Bean", "Lora JH", "LJH"), "Bean LJH", "Bean LJH", "Bean, L. J. H.", "Bean, Lora J. H."),
    (
        Person("Caaveiro", "Jose M.M.", "JMM"),
        "Caaveiro JMM",
        "Caaveiro JMM",
        "Caaveiro, J. M. M.",
        "Caaveiro, Jose M. M.",
    ),
    (Person("Souza", "Ana de", "A"), "Souza A", "Souza A", "Souza, A. de", "Souza, Ana de"),
    (Person("Madonna"), "Madonna", "Madonna", "Madonna", "Madonna"),
    (Person(fore_name="Aristotle"), "Aristotle", "Aristotle", "Aristotle", "Aristotle"),
    (Person("Kim", "Mi"), "Kim M", "Kim M", "Kim, M.", "Kim, Mi"),
    (Person(collective_name="The ABC Group, UK"), *("The ABC Group, UK", "ABC Group, UK") * 2),
]


@pytest.mark.parametrize(("person", "nlm", "ama", "apa", "mla"), PERSONS, ids=[person.short for person, *_ in PERSONS])
def test_one_name(person: Person, nlm: str, ama: str, apa: str, mla: str) -> None:
    assert [write([person]) for write in (names.nlm, names.ama, names.apa, names.mla)] == [nlm, ama, apa, mla]


@pytest.mark.parametrize(
    ("person", "apa", "mla"),
    [
        (Person("Doe", "John F", "JF"), "J. F. Doe", "John F. Doe"),
        (Person("King", "Martin Luther", "ML", "Jr"), "M. L. King Jr.", "Martin Luther King, Jr."),
        (Person("Rockefeller", "John D", "JD", "3rd"), "J. D. Rockefeller III", "John D. Rockefeller III"),
        (Person(collective_name="ABC Group"), "ABC Group", "ABC Group"),
    ],
)
def test_one_name_in_its_order(person: Person, apa: str, mla: str) -> None:
    assert (names.apa([person], inverted=False), names.mla([person], inverted=False)) == (apa, mla)


DOE, ROE, COE, LOE, POE, VOE, ZOE = (
    Person(name, "Ann", "A") for name in ("Doe", "Roe", "Coe", "Loe", "Poe", "Voe", "Zoe")
)
GROUP = Person(collective_name="Laser ROP Study Group")
SIX = (DOE, ROE, COE, LOE, POE, VOE)
LISTS = [
    ("nlm", (), ""),
    ("nlm", (DOE, ROE), "Doe A, Roe A"),
    ("nlm", (*SIX, ZOE), "Doe A, Roe A, Coe A, Loe A, Poe A, Voe A, Zoe A"),
    ("nlm", (DOE, GROUP), "Doe A; Laser ROP Study Group"),
    # As PubMed has it, PMID 32632093: a comma after a group.
    ("nlm", (DOE, GROUP, GROUP, ROE), "Doe A; Laser ROP Study Group; Laser ROP Study Group, Roe A"),
    ("nlm", (GROUP, DOE), "Laser ROP Study Group, Doe A"),
    ("vancouver", SIX, "Doe A, Roe A, Coe A, Loe A, Poe A, Voe A"),
    ("vancouver", (*SIX, ZOE), "Doe A, Roe A, Coe A, Loe A, Poe A, Voe A, et al"),
    ("vancouver", (GROUP, *SIX, ZOE), "Laser ROP Study Group; Doe A, Roe A, Coe A, Loe A, Poe A, Voe A, et al"),
    ("ama", SIX, "Doe A, Roe A, Coe A, Loe A, Poe A, Voe A"),
    ("ama", (*SIX, ZOE), "Doe A, Roe A, Coe A, et al"),
    ("ama", (*SIX, GROUP), "Doe A, Roe A, Coe A, Loe A, Poe A, Voe A; Laser ROP Study Group"),
    ("ama", (*SIX, ZOE, GROUP), "Doe A, Roe A, Coe A, et al; Laser ROP Study Group"),
    ("ama", (*SIX[:5], GROUP, VOE, ZOE), "Doe A, Roe A, Coe A, et al; Laser ROP Study Group"),
    ("apa", (DOE, ROE), "Doe, A., & Roe, A."),
    ("apa", (DOE, ROE, GROUP), "Doe, A., Roe, A., & Laser ROP Study Group"),
    ("apa", (DOE,) * 20, "Doe, A., " * 19 + "& Doe, A."),
    ("apa", (*(DOE,) * 20, ROE), "Doe, A., " * 19 + ". . . Roe, A."),
    ("mla", (DOE, ROE), "Doe, Ann, and Ann Roe"),
    ("mla", (DOE, ROE, COE), "Doe, Ann, et al."),
    ("mla", (GROUP, DOE), "Laser ROP Study Group, and Ann Doe"),
]


@pytest.mark.parametrize(("style", "people", "expected"), LISTS)
def test_several_names(style: str, people: tuple[Person, ...], expected: str) -> None:
    assert getattr(names, style)(people) == expected


def test_editors_before_their_book() -> None:
    assert names.apa((DOE, ROE), inverted=False) == "A. Doe & A. Roe"
    assert names.apa((DOE, ROE, COE), inverted=False) == "A. Doe, A. Roe, & A. Coe"
    assert names.mla((DOE, ROE), inverted=False) == "Ann Doe and Ann Roe"
    assert names.mla((DOE, ROE, COE), inverted=False) == "Ann Doe et al."


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        ("nlm", "Doe A, et al"),
        ("vancouver", "Doe A, et al"),
        ("ama", "Doe A, et al"),
        ("apa", "Doe, A., et al."),
        ("mla", "Doe, Ann, et al."),
    ],
)
def test_where_pubmed_names_only_some(style: str, expected: str) -> None:
    assert getattr(names, style)((DOE,), complete=False) == expected


def test_a_list_that_is_shortened_anyway_has_one_et_al() -> None:
    assert names.ama((*SIX, ZOE), complete=False) == "Doe A, Roe A, Coe A, et al"
    assert names.nlm((), complete=False) == ""


def test_people_without_a_name_are_nobody() -> None:
    for style in (names.nlm, names.vancouver, names.ama, names.apa, names.mla):
        assert style((Person(), Person(" "))) == ""
        assert style((Person(), DOE)) == style((DOE,))
