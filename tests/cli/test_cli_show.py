"""``pubmed-tui show``: the record's page as plain text, or the complete records as an array."""

from __future__ import annotations

import json

import pytest

import tests.pubmed_double as pubmed
from tests.cli.shell import Shell
from tests.made_up import TITLE, article
from tests.pubmed_double import Fault, PubMedDouble
from tui.cache import Cache
from tui.model.results import Kept, Origin
from tui.parse import parse_record
from tui.present import record
from tui.present.plain import plain

SEED = 17914389
BETWEEN = "\n" + "-" * 72 + "\n\n"
FIRST = f"{TITLE}\nMüller AE, Sampler S\nJ Made Up. 2019\n"


def pages_of(shell: Shell) -> dict[int, str]:
    """The page of each record that is kept."""
    cache = Cache.open(shell.cache)
    found = {
        pmid: plain(record.page(Kept(parse_record(stored.xml), stored.xml, stored.origin), stored.origin.retrieved))
        for pmid, stored in cache.records.iter_xml(cache.records.pmids())
    }
    cache.close()
    return found


def test_a_page_as_the_detail_pane_shows_it(offline: Shell) -> None:
    ended = offline.run("show", SEED, "--offline")
    assert (ended.status, ended.err) == (0, "")
    assert ended.out == pages_of(offline)[SEED]
    for text in ("Karnoub AE, Dash AB", "Nature. 2007 Oct 4;449(7162):557-63", "10.1038/nature06188", "R01 CA116235"):
        assert text in ended.out


def test_several_in_the_order_asked(offline: Shell) -> None:
    ended = offline.run("show", 22, SEED, 2, "--offline")
    assert ended.status == 0
    pages = pages_of(offline)
    assert ended.out == BETWEEN.join((pages[22], pages[SEED], pages[2]))


def test_one_that_is_named_twice_is_shown_once(offline: Shell) -> None:
    assert offline.run("show", 22, 2, 22, "--offline").out.count(BETWEEN) == 1


def test_from_standard_input(offline: Shell) -> None:
    ended = offline.run("show", 22, "-", "--offline", input=f"{SEED} \n\n2\t22\n")
    pages = pages_of(offline)
    assert ended.out == BETWEEN.join((pages[22], pages[SEED], pages[2]))


def test_complete_as_an_array(offline: Shell) -> None:
    ended = offline.run("show", "--json", 22, SEED, "--offline")
    assert (ended.status, ended.err) == (0, "")
    second, seed = json.loads(ended.out)
    assert (second["pmid"], seed["pmid"]) == (22, SEED)
    assert seed["grants"][0]["id"] == "R01 CA116235-01A1"
    assert seed["source"] == "records.xml.gz"


def test_nothing_to_show_is_an_empty_array(shell: Shell) -> None:
    assert json.loads(shell.run("show", "-", "--json").out) == []


class TestOnline:
    def test_one_is_fetched(self, online: Shell, double: PubMedDouble) -> None:
        ended = online.run("show", 3)
        assert (ended.status, ended.err) == (0, "")
        assert ended.out.startswith(FIRST)
        assert len(double.log) == 1

    def test_several_are_fetched_together(self, online: Shell, double: PubMedDouble) -> None:
        ended = online.run("show", 5, 3, 404, 1)
        assert ended.status == 1
        assert ended.out.count(FIRST) == 3
        assert ended.err == (
            "pubmed-tui: PubMed has no record with the PMID 404. It may be mistyped, merged or withdrawn.\n"
        )
        assert double.asked("efetch")[0]["id"] == "5,3,404,1"
        assert len(double.log) == 1

    def test_the_kept_copy_is_enough_for_a_week(self, online: Shell, double: PubMedDouble) -> None:
        online.run("show", 3)
        assert online.run("show", 3, 3, "--json").status == 0
        assert len(double.log) == 1

    def test_an_old_copy_is_shown_and_a_newer_one_told_of(self, online: Shell, double: PubMedDouble) -> None:
        keep_old(online, article(3, "Old title."))
        ended = online.run("show", 3)
        assert ended.status == 0
        assert ended.out.startswith("Old title.\n")
        assert "PubMed has a newer version of PMID 3; show it again to see it." in ended.err
        assert online.run("show", 3).out.startswith(FIRST)

    def test_an_old_copy_is_shown_where_the_refresh_fails(self, online: Shell, double: PubMedDouble) -> None:
        keep_old(online, article(3, "Old title."))
        double.faults.append(Fault(pubmed.blocked(), times=9))
        ended = online.run("show", 3)
        assert (ended.status, ended.err) == (0, "")
        assert ended.out.startswith("Old title.\n")


def keep_old(shell: Shell, xml: bytes) -> None:
    """Have a record in the cache since long ago."""
    cache = Cache.open(shell.cache)
    cache.records.put([Kept(parse_record(xml), xml, Origin("PubMed", 1_500_000_000.0))])
    cache.close()


class TestWhatGoesWrong:
    @pytest.mark.parametrize("form", [(), ("--json",)])
    def test_one_that_does_not_exist(self, online: Shell, form: tuple[str, ...]) -> None:
        ended = online.run("show", 404, *form)
        assert ended.status == 1
        assert ended.out in ("", "[]\n")
        assert "PubMed has no record with the PMID 404." in ended.err

    def test_offline_one_that_is_not_kept(self, offline: Shell) -> None:
        ended = offline.run("show", 404, SEED, "--offline")
        assert ended.status == 1
        assert ended.out == pages_of(offline)[SEED]
        assert ended.err == "pubmed-tui: PMID 404 is not kept here. Go online to fetch it from PubMed.\n"

    def test_no_network(self, offline: Shell) -> None:
        ended = offline.run("show", 404)
        assert (ended.status, ended.out) == (3, "")
        assert "PubMed cannot be reached." in ended.err

    def test_no_network_for_several(self, offline: Shell) -> None:
        """What is kept is shown; the status tells that the rest may be had later."""
        ended = offline.run("show", SEED, 404)
        assert ended.status == 3
        assert ended.out == pages_of(offline)[SEED]
        assert "PubMed cannot be reached." in ended.err

    @pytest.mark.parametrize(
        "word", ["x", "0", "-1", "1.5", "1e3", "１２３", "PMC123", "9" * 10, "9" * 5000, "../etc", "1;2", "\x1b[31m"]
    )
    def test_what_is_no_pmid(self, shell: Shell, word: str) -> None:
        ended = shell.run("show", "--", word)
        assert (ended.status, ended.out) == (2, "")
        assert "is not a PMID. A PMID is a number, such as 17914389." in ended.err
        assert len(ended.err) < 200
        assert "\x1b" not in ended.err

    def test_what_is_no_pmid_on_standard_input(self, shell: Shell) -> None:
        ended = shell.run("show", "-", input="1 two")
        assert ended.status == 2
        assert "'two' is not a PMID." in ended.err

    def test_no_words(self, shell: Shell) -> None:
        ended = shell.run("show")
        assert ended.status == 2
        assert "required: PMID. See pubmed-tui show --help." in ended.err
