"""``pubmed-tui search``: a line a record, or one object; what else there is to say goes to standard error."""

from __future__ import annotations

import json

import pytest

import tests.pubmed_double as pubmed
from tests.cli.shell import Shell
from tests.made_up import TITLE, article
from tests.pubmed_double import Fault, PubMedDouble

LINE = f"{{}}\t2019\tJ Made Up\tMüller AE\t{TITLE}"


def test_a_line_a_record(online: Shell) -> None:
    ended = online.run("search", "stromal", "cells")
    assert ended.status == 0
    assert ended.lines == [LINE.format(pmid) for pmid in (5, 4, 3, 2, 1)]
    assert ended.err.splitlines() == [
        "pubmed-tui: 5 found",
        'pubmed-tui: Understood as: "stromal"[All Fields] AND "cells"[All Fields]',
    ]


def test_a_field_never_breaks_a_line(online: Shell, double: PubMedDouble) -> None:
    double.add(article(6, "Stromal\tcells\n and <i>more</i>, 1.73&#x2028;m"))
    (line, *_) = online.run("search", "stromal").lines
    assert line.split("\t") == ["6", "2019", "J Made Up", "Müller AE", "Stromal cells and more, 1.73 m"]


def test_a_retraction_cannot_be_missed(offline: Shell) -> None:
    (line,) = online_less(offline, "8863847")
    assert line.split("\t")[4].startswith("RETRACTED ")


def online_less(shell: Shell, query: str) -> list[str]:
    return shell.run("search", "--offline", query).lines


def test_as_one_object(online: Shell) -> None:
    ended = online.run("search", "stromal", "--json")
    answer = json.loads(ended.out)
    assert list(answer) == ["query", "translation", "count", "pmids", "records"]
    assert answer["query"] == "stromal"
    assert answer["translation"] == {
        "text": '"stromal"[All Fields]',
        "not_found": [],
        "ignored": [],
        "suggestion": "",
    }
    assert answer["count"] == 5
    assert answer["pmids"] == [5, 4, 3, 2, 1]
    assert [record["pmid"] for record in answer["records"]] == answer["pmids"]
    assert {record["title"] for record in answer["records"]} == {TITLE}


@pytest.mark.parametrize("form", [(), ("--json",)])
def test_no_more_than_wanted(online: Shell, double: PubMedDouble, form: tuple[str, ...]) -> None:
    ended = online.run("search", "stromal", "--limit", 2, *form)
    if form:
        answer = json.loads(ended.out)
        assert (answer["count"], answer["pmids"], len(answer["records"])) == (5, [5, 4], 2)
    else:
        assert ended.lines == [LINE.format(5), LINE.format(4)]
    assert "pubmed-tui: 2 of 5 loaded" in ended.err
    assert double.asked("esearch")[0]["retmax"] == "2"


def test_more_than_a_page(online: Shell, double: PubMedDouble) -> None:
    double.add(b"".join(article(pmid) for pmid in range(1, 301)))
    ended = online.run("search", "stromal", "--limit", 280, NCBI_API_KEY="k" * 36)
    assert [line.split("\t")[0] for line in ended.lines] == [str(pmid) for pmid in range(300, 20, -1)]
    assert [asked["retstart"] for asked in double.asked("esearch")] == ["0", "200"]
    assert sum(len(asked["id"].split(",")) for asked in double.asked("efetch")) == 280


@pytest.mark.parametrize(
    ("sort", "sent"),
    [("relevance", "relevance"), ("date", "pub_date"), ("author", "Author"), ("journal", "JournalName"), ("entry", "")],
)
def test_the_order(online: Shell, double: PubMedDouble, sort: str, sent: str) -> None:
    assert online.run("search", "stromal", "--sort", sort).status == 0
    assert double.asked("esearch")[0].get("sort", "") == sent


@pytest.mark.parametrize("form", [(), ("--json",)])
def test_nothing_found_is_no_error(online: Shell, form: tuple[str, ...]) -> None:
    ended = online.run("search", "fleegle", *form)
    assert ended.status == 0
    assert ended.err.splitlines() == ["pubmed-tui: nothing found", "pubmed-tui: Not found: fleegle"]
    if form:
        answer = json.loads(ended.out)
        assert (answer["count"], answer["pmids"], answer["records"]) == (0, [], [])
        assert answer["translation"]["not_found"] == ["fleegle"]
    else:
        assert ended.out == ""


def test_a_better_spelling_is_said(online: Shell, double: PubMedDouble) -> None:
    double.spelling["stromel"] = "stromal"
    assert "Did you mean: stromal" in online.run("search", "stromel").err


def test_a_query_that_begins_with_a_dash(online: Shell) -> None:
    assert online.run("search", "--limit", 1, "--", "--stromal").status == 0


class TestOffline:
    def test_words_of_what_is_kept(self, offline: Shell) -> None:
        ended = offline.run("search", "--offline", "karnoub", "metastasis")
        assert ended.status == 0
        (line,) = ended.lines
        assert line == (
            "17914389\t2007\tNature\tKarnoub AE\t"
            "Mesenchymal stem cells within tumour stroma promote breast cancer metastasis."
        )
        assert "pubmed-tui: 1 found in what is kept" in ended.err

    def test_an_empty_query_lists_everything(self, offline: Shell) -> None:
        ended = offline.run("search", "--offline", "", "--limit", 1000)
        assert sorted(int(line.split("\t")[0]) for line in ended.lines) == sorted(
            int(pmid) for pmid in offline.run("cache", "list").lines
        )

    @pytest.mark.parametrize("sort", ["author", "journal", "date", "entry"])
    def test_the_order(self, offline: Shell, sort: str) -> None:
        """Names from A on, numbers from the highest on; what has none comes last."""
        at, names = {"author": (3, True), "journal": (2, True), "date": (1, False), "entry": (0, False)}[sort]
        lines = offline.run("search", "--offline", "cancer", "--sort", sort).lines
        values = [value.casefold() for value in (line.split("\t")[at] for line in lines) if value]
        assert len(values) > 3
        assert values == (sorted(values) if names else sorted(values, key=int, reverse=True))

    def test_a_search_of_the_history(self, offline: Shell) -> None:
        cancer = offline.run("search", "--offline", "cancer").lines
        offline.run("search", "--offline", "mice")
        assert offline.run("search", "--offline", "#1").lines == cancer
        both = offline.run("search", "--offline", "#1 AND #2")
        assert both.lines == offline.run("search", "--offline", "cancer AND mice").lines != []
        assert "#1" not in both.err

    def test_nothing_is_asked(self, online: Shell, double: PubMedDouble) -> None:
        assert online.run("search", "--offline", "stromal").status == 0
        assert double.log == []

    @pytest.mark.parametrize(
        ("query", "status"), [('"', 2), ("il-2 AND (", 2), ("a:b^c", 0), ("* OR", 2), ("title:", 0), ("'; --", 2)]
    )
    def test_whatever_is_typed_it_is_searched_or_the_mistake_is_named(
        self, offline: Shell, query: str, status: int
    ) -> None:
        assert offline.run("search", "--offline", "--", query).status == status


class TestWhatGoesWrong:
    def test_no_network(self, offline: Shell) -> None:
        """What happens to be kept is not given out as PubMed's answer."""
        ended = offline.run("search", "karnoub")
        assert (ended.status, ended.out) == (3, "")
        assert ended.err.startswith("pubmed-tui: PubMed cannot be reached. Check the network connection")
        assert len(ended.err.splitlines()) == 1

    def test_an_answer_that_is_not_pubmeds(self, online: Shell, double: PubMedDouble) -> None:
        double.faults.append(Fault(pubmed.redirect("https://login.invalid/"), times=9))
        ended = online.run("search", "stromal")
        assert (ended.status, ended.out) == (3, "")
        assert "PubMed's address leads elsewhere" in ended.err

    def test_a_blocked_address(self, online: Shell, double: PubMedDouble) -> None:
        double.faults.append(Fault(pubmed.blocked(), times=9))
        ended = online.run("search", "stromal")
        assert (ended.status, ended.out) == (1, "")
        assert "blocked" in ended.err

    def test_an_empty_query(self, online: Shell) -> None:
        ended = online.run("search", "")
        assert (ended.status, ended.out) == (2, "")
        assert ended.err == "pubmed-tui: An empty query means everything that is kept here. It needs --offline.\n"

    def test_a_pause_is_said(self, online: Shell, double: PubMedDouble) -> None:
        double.faults.append(Fault(pubmed.busy(retry_after="0"), program="esearch"))
        ended = online.run("search", "stromal")
        assert (ended.status, len(ended.lines)) == (0, 5)
        assert ended.err.splitlines()[0] == "pubmed-tui: PubMed is busy, searching again in 0 s, attempt 2 of 4"

    @pytest.mark.parametrize(
        ("words", "said"),
        [
            ((), "the following arguments are required: QUERY"),
            (("a", "--limit", "0"), "argument --limit: '0' is not a number of records, 1 or more"),
            (("a", "--limit", "9" * 5000), "is not a number of records, 1 or more"),
            (("a", "--limit", "many"), "argument --limit: 'many' is not a number of records"),
            (("a", "--sort", "size"), "argument --sort: invalid choice: 'size'"),
            (("a", "--nosuch"), "unrecognized arguments: --nosuch"),
            (("a", "--off"), "unrecognized arguments: --off"),
        ],
    )
    def test_words_that_are_off(self, shell: Shell, words: tuple[str, ...], said: str) -> None:
        ended = shell.run("search", *words)
        assert (ended.status, ended.out) == (2, "")
        (line,) = ended.err.splitlines()
        assert said in line
        assert line.endswith(". See pubmed-tui search --help.")
