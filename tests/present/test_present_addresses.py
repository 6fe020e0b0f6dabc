"""Where a record stands on the web."""

from __future__ import annotations

import pytest

from tui.model.record import Identifier, Record
from tui.present.addresses import addresses, doi_url, pmc_url


@pytest.mark.parametrize(
    ("doi", "url"),
    [
        ("10.1000/x", "https://doi.org/10.1000/x"),
        ("10.1002/(SICI)1<1::AID>3.0.CO;2-#", "https://doi.org/10.1002/%28SICI%291%3C1%3A%3AAID%3E3.0.CO%3B2-%23"),
        ("javascript:alert(1)", ""),
        ("10.1/x", ""),
        ("", ""),
    ],
)
def test_the_address_of_a_doi(doi: str, url: str) -> None:
    assert doi_url(doi) == url


def test_the_address_of_a_full_text() -> None:
    assert pmc_url("PMC77") == "https://pmc.ncbi.nlm.nih.gov/articles/PMC77/"
    assert pmc_url("PMC77/../../x") == pmc_url("77") == pmc_url("") == ""


def test_only_those_that_it_has_pubmeds_first() -> None:
    ids = (Identifier("pmc", "PMC77"), Identifier("doi", "10.1000/x"))
    assert list(addresses(Record(5, ids=ids)).items()) == [
        ("pubmed", "https://pubmed.ncbi.nlm.nih.gov/5/"),
        ("doi", "https://doi.org/10.1000/x"),
        ("pmc", "https://pmc.ncbi.nlm.nih.gov/articles/PMC77/"),
    ]
    assert list(addresses(Record(5))) == ["pubmed"]
