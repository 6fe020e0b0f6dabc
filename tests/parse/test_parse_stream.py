"""The stream is cut into whole records, however it arrives, and what is no set of records is refused."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.parse import Deleted, NotPubMedXml, Parsed, Reader, Truncated, read
from tui.parse import stream as parse_stream

DATA = Path(__file__).parents[2].parent / "shared" / "data" / "pubmed_xml"


def article(pmid: int, inside: str = "") -> str:
    return (
        f'<PubmedArticle><MedlineCitation Status="MEDLINE" Owner="NLM"><PMID Version="1">{pmid}</PMID>{inside}'
        f'<Article PubModel="Print"><Journal><JournalIssue CitedMedium="Print"><PubDate><Year>2007</Year></PubDate>'
        f"</JournalIssue></Journal><ArticleTitle>Title {pmid}</ArticleTitle></Article></MedlineCitation></PubmedArticle>"
    )


PROLOG = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle, 1st January '
    '2025//EN" "https://dtd.nlm.nih.gov/ncbi/pubmed/out/pubmed_250101.dtd">\n'
)
SET = (
    f"{PROLOG}<PubmedArticleSet>\n{article(1)}<!-- </PubmedArticle> -->\n{article(2, '<!-- </PubmedArticle> -->')}\n"
    f"{article(3)}<DeleteCitation><PMID Version='1'>8</PMID><PMID>9</PMID></DeleteCitation></PubmedArticleSet>\n"
).encode()


def pieces(data: bytes, size: int) -> Iterator[bytes]:
    return (data[at : at + size] for at in range(0, len(data), size))


def pmids(data: bytes, size: int = 1 << 16, start: int = 0) -> list[int | tuple[int, ...]]:
    found = read(pieces(data, size), start)
    return [one.record.pmid if isinstance(one, Parsed) else one.pmids for one in found]


@given(st.integers(1, 700))
def test_any_cut_of_the_stream_gives_the_same(size: int) -> None:
    assert pmids(SET, size) == [1, 2, 3, (8, 9)]


def test_the_xml_of_each_record_is_kept_as_it_came() -> None:
    kept = [one.xml for one in read([SET]) if isinstance(one, Parsed)]
    assert kept[0] == article(1).encode()
    assert kept[1] == article(2, "<!-- </PubmedArticle> -->").encode()


def test_a_set_that_ends_early_is_never_taken_for_a_whole_one() -> None:
    whole = len(SET.rstrip())
    for end in range(whole):
        reader = Reader()
        with pytest.raises(NotPubMedXml):
            for one in reader.feed(SET[:end]):
                assert isinstance(one, Deleted) or one.record.title == f"Title {one.record.pmid}"
            reader.finish()


def test_a_stopped_reading_goes_on_after_the_last_record() -> None:
    ends = [one.end for one in read([SET])]
    assert [pmids(SET, start=end) for end in ends] == [[2, 3, (8, 9)], [3, (8, 9)], [(8, 9)], []]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   \n",
        "<html><body>NCBI - WWW Error Blocked Diagnostic</body></html>",
        '{"error":"API rate limit exceeded"}',
        "Unable to route request!",
        "<eFetchResult><ERROR>Supplied id parameter is empty.</ERROR></eFetchResult>",
        f"{PROLOG}<PubmedArticleSet>stray{article(1)}</PubmedArticleSet>",
        f"{PROLOG}<PubmedArticleSet><Unknown/>{article(1)}</PubmedArticleSet>",
        f"{PROLOG}<PubmedArticleSet>{article(1)}</WrongSet>",
        f"{PROLOG}<PubmedArticleSet>{article(1)}</PubmedArticleSet><PubmedArticleSet/>",
        f"{PROLOG}<PubmedArticleSet><PubmedArticleSet>{article(1)}</PubmedArticleSet></PubmedArticleSet>",
        f"{PROLOG}<PubmedArticleSet><PubmedArticle><MedlineCitation/></PubmedArticle></PubmedArticleSet>",
        f"{PROLOG}<PubmedArticleSet>{article(1).replace('</Article>', '')}</PubmedArticleSet>",
        f"{PROLOG}<PubmedArticleSet>{article(1, '&undefined;')}</PubmedArticleSet>",
        '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><PubmedArticleSet/>',
        '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><PubmedArticleSet/>',
        '<!DOCTYPE x [<!ENTITY % a SYSTEM "http://127.0.0.1:1/x">%a;]><PubmedArticleSet/>',
    ],
)
def test_what_is_no_set_of_records_is_refused(text: str) -> None:
    with pytest.raises(NotPubMedXml) as refused:
        list(read([text.encode()]))
    assert refused.value.hint


def test_an_error_of_pubmed_is_quoted_without_its_control_characters() -> None:
    body = "<eFetchResult><ERROR>Backend\u009b is &lt;down&gt;</ERROR></eFetchResult>"
    with pytest.raises(NotPubMedXml, match="Backend\ufffd is <down>"):
        list(read([body.encode()]))


def test_nesting_without_end_is_refused_and_not_followed() -> None:
    deep = "<i>" * 200_000 + "</i>" * 200_000
    body = article(1).replace("Title 1", deep)
    with pytest.raises(NotPubMedXml):
        list(read([f"<PubmedArticleSet>{body}</PubmedArticleSet>".encode()]))


def test_a_record_without_an_end_is_given_up_in_bounded_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parse_stream, "LARGEST", 10_000)
    reader = Reader()
    with pytest.raises(NotPubMedXml, match="larger than"):
        for _ in range(100):
            list(reader.feed(b"<PubmedArticleSet><PubmedArticle>" if _ == 0 else b"x" * 1000))


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "iso-8859-1", "windows-1252"])
def test_other_encodings_are_read_as_they_declare_themselves(encoding: str) -> None:
    text = f"<PubmedArticleSet>{article(1).replace('Title 1', 'Müller')}</PubmedArticleSet>"
    name = encoding.removesuffix("-sig") if "8859" not in encoding else encoding
    data = f'<?xml version="1.0" encoding="{name}"?>{text}'.encode(encoding)
    for size in (7, 1 << 16):
        titles = [one.record.title for one in read(pieces(data, size)) if isinstance(one, Parsed)]
        assert titles == ["Müller"]


def test_an_unknown_encoding_is_named() -> None:
    with pytest.raises(NotPubMedXml, match="klingon"):
        list(read([b'<?xml version="1.0" encoding="klingon"?><PubmedArticleSet/>' + b" " * 300]))


def test_a_set_with_nothing_in_it_is_no_error() -> None:
    assert pmids(f"{PROLOG}<PubmedArticleSet></PubmedArticleSet>".encode()) == []
    assert pmids(f"{PROLOG}<PubmedArticleSet/>".encode()) == []


def test_a_record_alone_and_the_sets_of_other_years() -> None:
    citation = article(7).removeprefix("<PubmedArticle>").removesuffix("</PubmedArticle>")
    assert pmids(article(7).encode()) == [7]
    assert pmids(f"<MedlineCitationSet>{citation}</MedlineCitationSet>".encode()) == [7]


def test_the_prefix_of_mathml_may_be_declared_on_the_root() -> None:
    body = article(1).replace("Title 1", "<mml:math><mml:msup><mml:mi>x</mml:mi><mml:mn>2</mml:mn></mml:msup></mml:math>")
    text = f'<PubmedArticleSet xmlns:mml="http://www.w3.org/1998/Math/MathML">{body}</PubmedArticleSet>'
    assert [one.record.title for one in read([text.encode()]) if isinstance(one, Parsed)] == ["x²"]


def test_a_cut_answer_says_so() -> None:
    with pytest.raises(Truncated):
        list(read([SET[: len(SET) // 2]]))


@pytest.mark.skipif(not DATA.is_dir(), reason="the real records of shared/data are not here")
def test_every_real_file_gives_as_many_records_as_it_has() -> None:
    for path in sorted(DATA.iterdir()):
        data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        wanted = data.count(b"<PubmedArticle>") + data.count(b"<PubmedBookArticle>") or data.count(b"<MedlineCitation ")
        found = [one for one in read(pieces(data, 1 << 16)) if isinstance(one, Parsed)]
        assert len(found) == wanted, path.name
