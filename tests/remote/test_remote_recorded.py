"""Answers of the real service, replayed."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest

import tests.pubmed_double as pubmed
from tests.pubmed_double import Fault, PubMedDouble
from tests.remote.asking import RECORDED, asking
from tui.remote import BadQuery, Busy, NotPubMed, Refused, RemoteError, Temporary

pytestmark = pytest.mark.skipif(not RECORDED.exists(), reason="the recorded answers are not beside this checkout")


def recorded(*patterns: str) -> list[Path]:
    paths = {path for pattern in patterns for path in RECORDED.glob(pattern)}
    return sorted(path for path in paths if not path.name.endswith(".meta.json"))


def names(path: object) -> str:
    return path.name if isinstance(path, Path) else ""


SEARCHES = recorded("esearch_*.xml", "*_esearch[1-8].xml", "[!q]*esearch*.json", "Klortho_esearch*", "sshelper*")
OF_ANOTHER_DATABASE = ("biopython_esearch7.xml",)  # ids longer than any PMID


@pytest.mark.parametrize("path", [path for path in SEARCHES if path.name not in OF_ANOTHER_DATABASE], ids=names)
async def test_searches(path: Path, tmp_path: Path) -> None:
    body = path.read_text()
    async with asking(double := PubMedDouble(), tmp_path) as asker:
        double.faults.append(Fault(pubmed.recorded(path)))
        reply = await asker.eutils.search("x")
    count = re.search(r'"count": ?"(\d+)"|<Count>(\d+)</Count>', body)
    assert count
    assert reply.total == int(count[1] or count[2])
    listed = re.findall(r"<Id>(\d+)</Id>", body) or re.findall(r'"(\d{8,9})"', body)
    assert [str(pmid) for pmid in reply.pmids] == listed
    assert all(phrase in reply.not_found for phrase in re.findall(r"<PhraseNotFound>(.*?)</PhraseNotFound>", body))


@pytest.mark.parametrize("path", recorded("efetch_pubmed_xml_*.xml", "efetch_pubmed_xml_*.xml.gz"), ids=names)
async def test_records(path: Path, tmp_path: Path) -> None:
    body = path.read_bytes()
    async with asking(double := PubMedDouble(), tmp_path) as asker:
        double.faults.append(Fault(pubmed.recorded(path)))
        assert await asker.fetch(1) == (gzip.decompress(body) if path.suffix == ".gz" else body)


@pytest.mark.parametrize(
    "path", recorded("efetch_pubmed_sul_pub_99999999*.xml", "efetch_pubmed_sul_pub_4555*.xml"), ids=names
)
async def test_sets_without_records(path: Path, tmp_path: Path) -> None:
    async with asking(double := PubMedDouble(), tmp_path) as asker:
        double.faults.append(Fault(pubmed.recorded(path)))
        assert b"<PubmedArticleSet>" in await asker.fetch(99999999)


@pytest.mark.parametrize(
    ("name", "program", "error"),
    [
        ("efetch_pubmed_HTTP400_sul_pub.xml", "efetch", Refused),
        ("efetch_pubmed_sul_pub.xml", "efetch", Refused),
        ("efetch_taxonomy_HTTP400_taxize.xml", "efetch", Temporary),
        ("esummary_pmc_HTTP414_fulltext_7323205-7323122-7322952-7322718-73.html", "efetch", Refused),
        ("quoted_429_rate_limit.json", "efetch", Busy),
        ("quoted_429_rate_limit.json", "esearch", Busy),
        ("quoted_efetch_history_out_of_range.xml", "efetch", Refused),
        ("quoted_esearch_retstart_over_cap_raw_newline.json", "esearch", Refused),
        ("quoted_esummary_json_too_many_uids.json", "esearch", Refused),
        ("Klortho_esummary.error.xml", "esearch", Refused),
        ("biopython_epost3.xml", "efetch", Refused),
        ("biopython_pubmed3.html", "efetch", NotPubMed),
        ("efetch_pmc_eutils_3299399.xml.gz", "efetch", NotPubMed),
        ("quoted_idconv_2026_ok.json", "efetch", NotPubMed),
    ],
)
async def test_errors(name: str, program: str, error: type[RemoteError], tmp_path: Path) -> None:
    async with asking(double := PubMedDouble(), tmp_path) as asker:
        double.faults.append(Fault(pubmed.recorded(RECORDED / name), times=9))
        with pytest.raises(RemoteError) as caught:
            await (asker.eutils.search("x") if program == "esearch" else asker.fetch(1))
    assert type(caught.value) is error
    assert not isinstance(caught.value, BadQuery)


@pytest.mark.parametrize(
    ("name", "suggestion"),
    [("biopython_espell.xml", "biopython"), ("bioperl_espell.xml", "notch AND mus musculus")],
)
async def test_spellings(name: str, suggestion: str, tmp_path: Path) -> None:
    async with asking(double := PubMedDouble(), tmp_path) as asker:
        double.faults.append(Fault(pubmed.recorded(RECORDED / name)))
        assert await asker.eutils.spell("x") == suggestion
