"""Particles, family names and given names."""

from __future__ import annotations

import pytest

from tui.export.name_parts import family_parts, given_name
from tui.model.record import Person


@pytest.mark.parametrize(
    ("last_name", "particle", "family"),
    [
        ("Karnoub", "", "Karnoub"),
        ("van der Berg", "van der", "Berg"),
        ("de la Fuente-Aguado", "de la", "Fuente-Aguado"),
        ("de Fátima Costa Lopes", "de", "Fátima Costa Lopes"),
        ("'t Hooft", "'t", "Hooft"),
        ("van 't Veer", "van 't", "Veer"),
        ("Van der Berg", "", "Van der Berg"),
        ("Caron de Fromentel", "", "Caron de Fromentel"),
        ("el Alami el Faricha", "el", "Alami el Faricha"),
        ("deVere White", "", "deVere White"),
        ("d'Alembert", "", "d'Alembert"),
        ("van dijk", "", "van dijk"),
        ("de Östlund", "", "de Östlund"),
    ],
)
def test_only_small_words_before_a_capital_are_a_particle(last_name: str, particle: str, family: str) -> None:
    assert family_parts(Person(last_name, "Ann")) == (particle, family)


@pytest.mark.parametrize(
    ("person", "given"),
    [
        (Person("Karnoub", "Antoine E", "AE"), "Antoine E"),
        (Person("Weinberg", "", "RA"), "R A"),
        (Person("Weinberg", "RA", "RA"), "R A"),
        (Person("Weinberg", "R A", "RA"), "R A"),
        (Person("Li", "Jo", "J"), "Jo"),
        (Person("Kim", "Öz", "Öz"), "Öz"),
    ],
)
def test_initials_are_set_apart(person: Person, given: str) -> None:
    assert given_name(person) == given


def test_a_single_name_is_a_family_name() -> None:
    assert (family_parts(Person("", "Norhazrina")), given_name(Person("", "Norhazrina"))) == (("", "Norhazrina"), "")
