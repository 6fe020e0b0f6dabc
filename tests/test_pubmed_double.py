"""The stand-in itself: that it searches, lists and refuses as PubMed does, by both of its doors."""

from __future__ import annotations

import json
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from tests.pubmed_answers import Answer
from tests.pubmed_double import Fault, PubMedDouble, busy, recorded

RECORD = """<PubmedArticle><MedlineCitation><PMID Version="1">{pmid}</PMID><Article><Journal><JournalIssue><PubDate>
{date}</PubDate></JournalIssue><Title>{journal}</Title></Journal><ArticleTitle>{title}</ArticleTitle><Abstract>
<AbstractText>{abstract}</AbstractText></Abstract><AuthorList>{authors}</AuthorList><GrantList><Grant><GrantID>{grant}
</GrantID></Grant></GrantList></Article><MeshHeadingList>{mesh}</MeshHeadingList></MedlineCitation></PubmedArticle>"""
AUTHOR = "<Author><LastName>{}</LastName><Initials>{}</Initials></Author>"
HEADING = '<MeshHeading><DescriptorName MajorTopicYN="{}">{}</DescriptorName>{}</MeshHeading>'
THERAPY = '<QualifierName MajorTopicYN="N">therapy</QualifierName>'


@pytest.fixture
def double() -> PubMedDouble:
    double = PubMedDouble()
    records = [
        {
            "pmid": "101",
            "title": "Stem cells in <i>breast</i> tumours",
            "abstract": "Mesenchymal cells meet cancer.",
            "journal": "Nature",
            "date": "<Year>2007</Year><Month>Oct</Month><Day>4</Day>",
            "authors": AUTHOR.format("Müller", "AE") + AUTHOR.format("de la Cruz", "J"),
            "grant": "R01 CA116235-01A1",
            "mesh": HEADING.format("Y", "Breast Neoplasms", ""),
        },
        {
            "pmid": "102",
            "title": "Asthma at night",
            "abstract": "Breathing, and cells.",
            "journal": "Thorax",
            "date": "<Year>2019</Year><Month>02</Month>",
            "authors": AUTHOR.format("Muller", "B"),
            "grant": "P50 CA089393",
            "mesh": HEADING.format("N", "Asthma", THERAPY),
        },
        {
            "pmid": "103",
            "title": "A comment",
            "abstract": "",
            "journal": "Nature Medicine",
            "date": "<MedlineDate>2007 Nov-Dec</MedlineDate>",
            "authors": AUTHOR.format("Cell", "C"),
            "grant": "",
            "mesh": "",
        },
    ]
    set_ = "<PubmedArticleSet>" + "".join(RECORD.format(**record) for record in records) + "</PubmedArticleSet>"
    assert double.add(set_.encode()) == (101, 102, 103)
    return double


def ask(double: PubMedDouble, program: str, **params: object) -> Answer:
    form = urllib.parse.urlencode({"db": "pubmed", **params})
    return double.answer("POST", f"https://host/entrez/eutils/{program}.fcgi", form, {})


def search(double: PubMedDouble, term: str, **params: object) -> dict[str, Any]:
    answer = ask(double, "esearch", term=term, retmode="json", **params)
    result: dict[str, Any] = json.loads(answer.content, strict=False)["esearchresult"]
    return result


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("cells", "102 101"),
        ("CELLS", "102 101"),
        ("stem cells", "101"),
        ("cells AND asthma", "102"),
        ("asthma OR comment", "103 102"),
        ("cells NOT asthma", "101"),
        ("asthma OR comment AND stem", ""),
        ("asthma OR (comment AND stem)", "102"),
        ('"stem cells"', "101"),
        ('"cells stem" OR asthma', "102"),
        ('"in breast tumours"[ti]', "101"),
        ("cells[ti]", "101"),
        ("cells [ Title ]", "101"),
        ("cancer mesenchymal[tiab]", "101"),
        ("mesench*", "101"),
        ("muller[au]", "102 101"),
        ("müller a[au]", "101"),
        ("muller ae[au]", "101"),
        ('"muller a"[au]', ""),
        ("de la cruz j[au]", "101"),
        ('"Breast Neoplasms"[mh]', "101"),
        ("breast neoplasms[MeSH Terms]", "101"),
        ("neoplasms[mh]", ""),
        ("asthma/therapy[mh]", "102"),
        ("asthma[majr]", ""),
        ("breast neoplasms[majr:noexp]", "101"),
        ("CA116235[gr]", "101"),
        ('"R01 CA116235"[gr]', "101"),
        ("nature[ta]", "103 101"),
        ("2007[dp]", "103 101"),
        ("2007/10[dp]", "101"),
        ("2007/10/04[dp]", "101"),
        ("2008:2020[dp]", "102"),
        ("2008:3000[dp]", "102"),
        ('"2007/01/01"[dp] : "2007/12/31"[dp]', "103 101"),
        ("102", "102"),
        ("102[uid] OR 103[pmid]", "103 102"),
        ("101 102 999[pmid]", "102 101"),
        ("cells and asthma", "102"),
        ("cells[nosuchfield]", "102 101"),
        ("fleegle", ""),
        ("asthma AND fleegle", "102"),
    ],
)
def test_queries(double: PubMedDouble, query: str, found: str) -> None:
    result = search(double, query)
    assert result["idlist"] == found.split()
    assert result["count"] == str(len(found.split()))


def test_what_is_left_out_is_named(double: PubMedDouble) -> None:
    result = search(double, 'asthma[nosuch] OR fleegle OR blah[ti] OR "no phrase" OR cells with')
    assert result["errorlist"] == {"phrasesnotfound": ["fleegle", "blah[Title]"], "fieldsnotfound": ["nosuch"]}
    assert result["warninglist"]["quotedphrasesnotfound"] == ['"no phrase"']
    assert result["warninglist"]["phrasesignored"] == ["with"]


def test_words_are_mapped_to_headings(double: PubMedDouble) -> None:
    (mapped,) = search(double, "breast neoplasms")["translationset"]
    assert mapped["from"] == "breast neoplasms"
    assert '"breast neoplasms"[MeSH Terms]' in mapped["to"]


@pytest.mark.parametrize("query", ["(cells", "cells)", '"cells', "cells AND", "()", "cells [ti"])
def test_an_unbalanced_query_fails_the_back_end(double: PubMedDouble, query: str) -> None:
    assert "Search Backend failed" in search(double, query)["ERROR"]


def test_both_forms_say_the_same(double: PubMedDouble) -> None:
    result = search(double, "cells OR fleegle", retmax=1)
    root = ElementTree.fromstring(ask(double, "esearch", term="cells OR fleegle", retmax=1).content)
    assert root.findtext("Count") == result["count"] == "2"
    assert [id.text for id in root.iterfind("IdList/Id")] == result["idlist"] == ["102"]
    assert root.findtext("QueryTranslation") == result["querytranslation"]
    assert root.findtext("ErrorList/PhraseNotFound") == "fleegle"


def test_pages_and_the_edge(double: PubMedDouble) -> None:
    double.count_of["cells"] = 36_935
    assert search(double, "cells", retstart=1, retmax=5)["idlist"] == ["101"]
    assert search(double, "cells")["count"] == "36935"
    clamped = search(double, "cells", retmax=100_000)
    assert clamped["retmax"] == "9999"
    assert clamped["warninglist"]["outputmessages"] == ["Restrictions achieved. start and count adjusted to 0, 9999"]
    beyond = ask(double, "esearch", term="cells", retstart=9999, retmode="json").content
    assert b"Exception:\n'retstart' cannot be larger than 9998" in beyond


def test_orders(double: PubMedDouble) -> None:
    assert search(double, "cells OR comment")["idlist"] == ["103", "102", "101"]
    assert search(double, "cells OR comment", sort="pub_date")["idlist"] == ["102", "101", "103"]
    assert search(double, "cells OR comment", sort="relevance")["idlist"] == ["103", "101", "102"]
    assert search(double, "cells", sort="date")["warninglist"]["outputmessages"] == [
        "Unknown sort schema 'date' ignored"
    ]


@pytest.mark.parametrize(
    ("params", "status", "said"),
    [
        ({"id": "103,101,103,999"}, 200, b">103</PMID>"),
        ({"id": "999"}, 200, b"<!DOCTYPE PubmedArticleSet"),
        ({"id": ""}, 200, b"Supplied id parameter is empty."),
        ({"id": "00000000"}, 400, b"ID list is empty!"),
        ({}, 400, b"WebEnv parameter is required"),
        ({"WebEnv": "MCID_1", "query_key": "1"}, 400, b"Unable to obtain query #1"),
    ],
)
def test_fetching(double: PubMedDouble, params: dict[str, str], status: int, said: bytes) -> None:
    answer = ask(double, "efetch", **params)
    assert answer.status == status
    assert said in answer.content
    if b"103" in said:
        assert answer.content.index(b">103<") < answer.content.index(b">101<")
        assert answer.content.count(b"<PubmedArticle>") == 2


def test_the_limit_and_the_key(double: PubMedDouble) -> None:
    double.limit = 3
    double.valid_keys = {"right"}
    assert [ask(double, "einfo").status for _ in range(4)] == [200, 200, 200, 429]
    assert ask(double, "einfo", api_key="right").status == 200
    wrong = ask(double, "einfo", api_key="wrong")
    assert wrong.status == 400
    assert json.loads(wrong.content)["api-key"] == "wrong"


def test_a_fault_is_used_up(double: PubMedDouble) -> None:
    double.faults.append(Fault(busy(), program="efetch", times=2))
    asked = [ask(double, program, id="101").status for program in ("einfo", "efetch", "efetch", "efetch")]
    assert asked == [200, 429, 429, 200]


def test_over_http(double: PubMedDouble) -> None:
    with double.serve() as base_url:
        with urllib.request.urlopen(f"{base_url}/efetch.fcgi?db=pubmed&id=102") as answer:
            assert b">102</PMID>" in answer.read()
            assert answer.headers["X-RateLimit-Limit"] == "3"
        with pytest.raises(urllib.error.HTTPError, match="404") as caught:
            urllib.request.urlopen(f"{base_url}/nosuch.fcgi")
        caught.value.close()
    assert double.asked("efetch") == [{"db": "pubmed", "id": "102"}]


def test_a_recorded_answer_keeps_its_status(double: PubMedDouble, tmp_path: Path) -> None:
    (tmp_path / "efetch_HTTP400_x.xml").write_bytes(b"<a/>")
    (tmp_path / "other.json").write_bytes(b"{}")
    meta = {"response": {"status": 503, "headers": {"Retry-After": "9", "content-encoding": "gzip"}}}
    (tmp_path / "other.json.meta.json").write_text(json.dumps(meta))
    double.faults += [Fault(recorded(tmp_path / "efetch_HTTP400_x.xml")), Fault(recorded(tmp_path / "other.json"))]
    first, second = ask(double, "einfo"), ask(double, "einfo")
    assert (first.status, first.content) == (400, b"<a/>")
    assert second.status == 503
    assert second.headers["Retry-After"] == "9"
    assert "content-encoding" not in second.headers
