"""The stream is cut into whole records, however it arrives, and what is no set of records is refused."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tui.parse import Deleted, NotPubMedXml, Parsed, Reader, Truncated, parse_record, read
from tui.parse import stream as parse_stream


def article(pmid: int, inside: str = "") -> str:
    return (
        f'<PubmedArticle><MedlineCitation Status="MEDLINE" Owner="NLM"><PMID Version="1">{pmid}</PMID>{inside}'
        '<Article PubModel="Print"><Journal><JournalIssue CitedMedium="Print"><PubDate><Year>2007</Year></PubDate>'
        f"</JournalIssue></Journal><ArticleTitle>Title {pmid}</ArticleTitle></Article></MedlineCitation>"
        "</PubmedArticle>"
    )


def citation(pmid: int) -> str:
    return article(pmid).removeprefix("<PubmedArticle>").removesuffix("</PubmedArticle>")


def book(pmid: int) -> str:
    return (
        f'<PubmedBookArticle><BookDocument><PMID Version="1">{pmid}</PMID><ArticleIdList/>'
        "<Book><Publisher><PublisherName>P</PublisherName></Publisher><BookTitle>B</BookTitle>"
        f"<PubDate><Year>2001</Year></PubDate></Book><ArticleTitle>Title {pmid}</ArticleTitle></BookDocument>"
        "</PubmedBookArticle>"
    )


PROLOG = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle, 1st January '
    '2025//EN" "https://dtd.nlm.nih.gov/ncbi/pubmed/out/pubmed_250101.dtd">\n'
)
SET = (
    f"{PROLOG}<PubmedArticleSet>\n{article(1)}<!-- </PubmedArticle> -->\n"
    f"{article(2, '<!-- </PubmedArticle> <![CDATA[ -->')}\n{book(3)}"
    f"{article(4, '<CoiStatement><![CDATA[</PubmedArticle><!-- ]]>é</CoiStatement>')}<?go </PubmedArticleSet> ?>"
    "<DeleteCitation><PMID Version='1'>8</PMID><PMID>9</PMID></DeleteCitation></PubmedArticleSet>\n<!-- the end -->\n"
).encode()
WHOLE: list[int | tuple[int, ...]] = [1, 2, 3, 4, (8, 9)]


def pieces(data: bytes, size: int) -> Iterator[bytes]:
    return (data[at : at + size] for at in range(0, len(data), size))


def pmids(chunks: Iterable[bytes], start: int = 0) -> list[int | tuple[int, ...]]:
    return [one.record.pmid if isinstance(one, Parsed) else one.pmids for one in read(chunks, start)]


def of_text(text: str) -> list[int | tuple[int, ...]]:
    return pmids([text.encode()])


def refusal(data: str | bytes, size: int = 1 << 16) -> NotPubMedXml:
    with pytest.raises(NotPubMedXml) as refused:
        list(read(pieces(data.encode() if isinstance(data, str) else data, size)))
    assert refused.value.message
    assert refused.value.hint
    return refused.value


@given(st.integers(1, len(SET)))
@example(1)
def test_any_size_of_pieces_gives_the_same(size: int) -> None:
    assert list(read(pieces(SET, size))) == list(read([SET]))


@given(st.lists(st.integers(0, len(SET)), max_size=12))
def test_any_cut_of_the_stream_gives_the_same(cuts: list[int]) -> None:
    edges = [0, *sorted(cuts), len(SET)]
    assert pmids(SET[low:high] for low, high in pairwise(edges)) == WHOLE


def test_the_xml_of_each_record_is_kept_as_it_came() -> None:
    kept = [one.xml.decode() for one in read([SET]) if isinstance(one, Parsed)]
    assert kept[:3] == [article(1), article(2, "<!-- </PubmedArticle> <![CDATA[ -->"), book(3)]


def test_a_set_that_ends_early_is_never_taken_for_a_whole_one() -> None:
    end_of_root = SET.rindex(b"</PubmedArticleSet>") + len("</PubmedArticleSet>")
    for end in range(end_of_root):
        reader = Reader()
        found: list[int | tuple[int, ...]] = []
        with pytest.raises(NotPubMedXml):
            for one in reader.feed(SET[:end]):
                assert isinstance(one, Deleted) or one.record.title == f"Title {one.record.pmid}"
                found.append(one.pmids if isinstance(one, Deleted) else one.record.pmid)
            reader.finish()
        assert found == WHOLE[: len(found)]


@pytest.mark.parametrize("tail", ["<", "<!-- not closed", "<?not closed", "<PubmedArticle", "</Pubmed"])
def test_what_is_cut_off_behind_the_root_is_noticed_too(tail: str) -> None:
    with pytest.raises(Truncated):
        of_text(f"<PubmedArticleSet>{article(1)}</PubmedArticleSet>{tail}")


def test_a_stopped_reading_goes_on_after_the_last_record() -> None:
    ends = [one.end for one in read([SET])]
    for number, end in enumerate(ends, 1):
        for size in (1, 100, len(SET)):
            assert pmids(pieces(SET, size), end) == WHOLE[number:]


def test_a_place_in_a_stream_does_not_depend_on_its_encoding() -> None:
    text = f"<PubmedArticleSet>{article(1)}é{article(2)}</PubmedArticleSet>".replace("é", "<!-- é -->")
    places = {
        encoding: [one.end for one in read([text.encode(encoding)])] for encoding in ("utf-8", "utf-8-sig", "utf-16")
    }
    assert places["utf-8"] == places["utf-8-sig"] == places["utf-16"]


@pytest.mark.parametrize(
    "text",
    [
        "Unable to route request!",
        "no more than this",
        '{"error":"API rate limit exceeded","api-key":"10.0.0.1"}',
        "<html><body>NCBI - WWW Error Blocked Diagnostic</body></html>",
        "<!DOCTYPE html><html><body>NCBI</body></html>",
        "<!doctype html>\n<html><body>NCBI</body></html>",
        '<?xml version="1.0"?><eSearchResult><Count>0</Count></eSearchResult>',
        f"{PROLOG}<PubmedArticleSet>stray{article(1)}</PubmedArticleSet>",
        f"{PROLOG}<PubmedArticleSet>{article(1)}stray{article(2)}</PubmedArticleSet>",
        f"{PROLOG}<PubmedArticleSet>{article(1)}<![CDATA[stray]]></PubmedArticleSet>",
        f"{PROLOG}<PubmedArticleSet>{article(1)}</PubmedArticleSet>stray",
        f"{PROLOG}<PubmedArticleSet><Unknown/>{article(1)}</PubmedArticleSet>",
        f"{PROLOG}<PubmedArticleSet>{article(1)}</WrongSet>",
        f"{PROLOG}</PubmedArticleSet>",
        f"{PROLOG}<PubmedArticleSet><PubmedArticle/></PubmedArticleSet>",
        f"{PROLOG}<PubmedArticleSet><PubmedArticle><MedlineCitation/></PubmedArticle></PubmedArticleSet>",
        f"{PROLOG}<PubmedArticleSet>{article(1).replace('</Article>', '')}</PubmedArticleSet>",
        f"{PROLOG}<PubmedArticleSet>{article(1).replace('PMID', 'pmid')}</PubmedArticleSet>",
        f"{PROLOG}<PubmedArticleSet>{article(1, '&undefined;')}</PubmedArticleSet>",
        f"{PROLOG}<PubmedArticleSet>{article(1, '&#27;')}</PubmedArticleSet>",
        f"{PROLOG}<PubmedArticleSet>{article(1, chr(27))}</PubmedArticleSet>",
        f"{PROLOG}<PubmedArticleSet>{article(1, '<!ENTITY a')}</PubmedArticleSet>",
        f"{PROLOG}<PubmedArticleSet>{PROLOG}{article(1)}</PubmedArticleSet>",
        f"{PROLOG}<{'x' * 100}",
    ],
)
@pytest.mark.parametrize("size", [1, 1 << 16])
def test_what_is_no_set_of_records_is_refused(text: str, size: int) -> None:
    refusal(text, size)


@pytest.mark.parametrize("text", ["", "   \n", PROLOG, "<!-- nothing -->", "\ufeff"])
def test_an_empty_answer_is_a_truncated_one(text: str) -> None:
    assert isinstance(refusal(text), Truncated)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (f"<PubmedArticleSet>{article(1)}</PubmedArticleSet><PubmedArticleSet/>", "a second root"),
        (f"<PubmedArticleSet>{article(1)}</PubmedArticleSet>{article(2)}", "a second root"),
        (article(1) + article(2), "a second root"),
        (f"<PubmedArticleSet><PubmedArticleSet>{article(1)}</PubmedArticleSet></PubmedArticleSet>", "inside another"),
        ("<svg><path/></svg>", "<svg>"),
    ],
)
def test_the_reason_is_told(text: str, words: str) -> None:
    assert words in str(refusal(text))


def test_an_error_of_pubmed_is_quoted_without_its_control_characters() -> None:
    for name in ("eFetchResult", "eSearchResult"):
        body = f'<?xml version="1.0"?><{name}><ERROR>Backend\u009b is &lt;down&gt;\n now</ERROR></{name}>'
        assert "Backend\ufffd is <down> now" in str(refusal(body))


def test_what_is_quoted_cannot_act_on_a_terminal() -> None:
    assert str(refusal("\x1b[2J" + "x" * 300)).isprintable()
    assert str(refusal("<a\u202e" + "x" * 300 + ">")).isprintable()


BOMB = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))


@pytest.mark.parametrize(
    "subset",
    [
        f'<!ENTITY a0 "ha">{BOMB}',
        f'<!ENTITY a0 "{"x" * 50_000}">',
        '<!ENTITY a SYSTEM "file:///etc/passwd">',
        '<!ENTITY a SYSTEM "http://127.0.0.1:1/x">',
        '<!ENTITY % a SYSTEM "http://127.0.0.1:1/x">%a;',
        '<!ATTLIST PMID Version CDATA "7">',
        "",
    ],
    ids=["laughs", "blowup", "file", "http", "parameter", "attributes", "empty"],
)
@pytest.mark.parametrize("size", [1, 1 << 20])
def test_a_document_type_that_declares_anything_is_refused(subset: str, size: int) -> None:
    text = f"<!DOCTYPE PubmedArticleSet [{subset}]><PubmedArticleSet>{article(1, '&a9;')}</PubmedArticleSet>"
    assert "entities of its own" in str(refusal(text, size))


def test_a_record_by_itself_has_no_document_type_either() -> None:
    for before in ("<!DOCTYPE x [<!ENTITY a 'b'>]>", '<?xml version="1.0"?>', " ", "text", "\ufeff"):
        with pytest.raises(NotPubMedXml):
            parse_record((before + article(1)).encode())
    for text in ("", article(1) + article(2), "<PubmedArticle"):
        with pytest.raises(NotPubMedXml):
            parse_record(text.encode())


@contextmanager
def counted_requests() -> Iterator[tuple[str, list[str]]]:
    """A local server, and the paths that it was asked for."""
    asked: list[str] = []

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Answer)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_the_dtd_is_not_loaded(tmp_path: Path) -> None:
    local = tmp_path / "x.dtd"
    local.write_text('<!ENTITY a "from the file">')
    with counted_requests() as (address, asked):
        for place in (f"{address}/x.dtd", local.as_uri()):
            kept = f'<!DOCTYPE PubmedArticleSet SYSTEM "{place}"><PubmedArticleSet>{article(1)}</PubmedArticleSet>'
            assert of_text(kept) == [1]
            refusal(kept.replace("<PMID", "&a;<PMID"))
    assert asked == []


VISIBLE = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"]
"""Encodings that the first bytes tell (XML 1.0, appendix F); the others have to be declared."""
DECLARED = [*VISIBLE, "iso-8859-1", "windows-1252", "us-ascii"]


@pytest.mark.parametrize(
    ("encoding", "declared"), [*((name, False) for name in VISIBLE), *((name, True) for name in DECLARED)]
)
@pytest.mark.parametrize("size", [1, 2, 7, 1 << 16])
def test_other_encodings_are_read_as_they_tell(encoding: str, declared: bool, size: int) -> None:
    name = {"utf-8-sig": "utf-8", "utf-16-le": "utf-16", "utf-16-be": "utf-16"}.get(encoding, encoding)
    surname = "Muller" if encoding == "us-ascii" else "Müller"
    text = f"<PubmedArticleSet>{article(1).replace('Title 1', surname)}</PubmedArticleSet>"
    prolog = f'<?xml version="1.0" encoding="{name}"?>\n' if declared else ""
    found = [
        one.record.title for one in read(pieces((prolog + text).encode(encoding), size)) if isinstance(one, Parsed)
    ]
    assert found == [surname]


def test_a_byte_order_mark_inside_the_text_is_no_part_of_the_encoding() -> None:
    text = f"<PubmedArticleSet>{article(1).replace('Title 1', 'a' + chr(0xFEFF) * 9 + 'b')}</PubmedArticleSet>"
    for size in (1, 2, 3, 1 << 16):
        kept = [one.xml for one in read(pieces(text.encode("utf-16-le"), size)) if isinstance(one, Parsed)]
        assert [xml.decode().count("\ufeff") for xml in kept] == [9]


@pytest.mark.parametrize("name", ["klingon", "zlib", "rot13", "hex", "undefined", "UTF-9"])
def test_what_is_no_encoding_is_named(name: str) -> None:
    text = f'<?xml version="1.0" encoding="{name}"?><PubmedArticleSet>{article(1)}</PubmedArticleSet>'
    assert name in str(refusal(text))


@pytest.mark.parametrize("declared", ["utf-8", "us-ascii", "utf-16", "shift_jis", "idna"])
def test_bytes_that_are_not_in_their_encoding_are_refused(declared: str) -> None:
    text = f'<?xml version="1.0" encoding="{declared}"?><PubmedArticleSet>{article(1)}</PubmedArticleSet>'
    refusal(text.encode().replace(b"Title 1", b"M\xc3\xff\xfeller"))


def test_a_set_with_nothing_in_it_is_no_error() -> None:
    for text in ("<PubmedArticleSet></PubmedArticleSet>", "<PubmedArticleSet/>", "<PubmedArticleSet />\n"):
        assert of_text(PROLOG + text) == []


def test_sets_of_other_kinds_and_years() -> None:
    assert of_text(f"<MedlineCitationSet>{citation(7)}{citation(8)}</MedlineCitationSet>") == [7, 8]
    assert of_text(f"<PubmedBookArticleSet>{book(7)}</PubmedBookArticleSet>") == [7]
    document = book(7).removeprefix("<PubmedBookArticle>").removesuffix("</PubmedBookArticle>")
    deleted = "<DeleteDocument><PMID>5</PMID></DeleteDocument>"
    assert of_text(f"<BookDocumentSet>{document}{deleted}</BookDocumentSet>") == [7, (5,)]
    assert of_text(f"<BookDocumentSet>{document}<DeleteDocument/></BookDocumentSet>") == [7, ()]


def test_a_root_of_another_name_may_hold_records() -> None:
    for text in (f"<RAW_DATA>\n{article(7)}{article(8)}</RAW_DATA>", f"<a:b c='d'>{article(7)}{article(8)}</a:b>"):
        for size in (1, 7, 1 << 16):
            assert pmids(pieces(f"{PROLOG}{text}\n".encode(), size)) == [7, 8]
    for inside in (f"<y/>{article(7)}", "", f"stray{article(7)}", f"<x>{article(7)}</x>", f"<!-- -->{article(7)}"):
        for size in (1, 1 << 16):
            assert "<x>" in str(refusal(f"<x>{inside}</x>", size))
    assert "<x>" in str(refusal("<x/>\n"))
    assert isinstance(refusal(f"<RAW_DATA>{article(7)}"), Truncated)


@pytest.mark.parametrize("text", [article(7), citation(7), book(7)])
def test_a_record_without_a_set_around_it(text: str) -> None:
    for size in (1, 1 << 16):
        assert pmids(pieces(f"{PROLOG}{text}\n".encode(), size)) == [7]


def test_withdrawn_records_are_named_and_nothing_else_is() -> None:
    deleted = "<DeleteCitation>\n<PMID Version='1'> 12 </PMID><PMID>x</PMID><PMID>²</PMID><!-- 13 --></DeleteCitation>"
    found = list(read([f"<PubmedArticleSet>{deleted}</PubmedArticleSet>".encode()]))
    assert [one.pmids for one in found if isinstance(one, Deleted)] == [(12,)]


@pytest.mark.parametrize("tag", ["i", "mml:mrow", "Unknown"])
def test_nesting_without_end_is_refused_and_not_followed(tag: str) -> None:
    for where in ("Title 1", "<Journal>"):
        deep = f"<{tag}>" * 200_000 + f"</{tag}>" * 200_000
        body = article(1).replace(where, f"{deep}{where}")
        assert "nested" in str(refusal(f"<PubmedArticleSet>{body}</PubmedArticleSet>"))


def test_a_record_without_an_end_is_given_up_in_bounded_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parse_stream, "LARGEST", 10_000)
    fed = 0

    def endless() -> Iterator[bytes]:
        nonlocal fed
        yield b"<PubmedArticleSet><PubmedArticle>"
        while True:
            fed += 1000
            yield b"x" * 1000

    with pytest.raises(NotPubMedXml, match="larger than"):
        list(read(endless()))
    assert fed <= 11_000


def test_a_record_that_is_too_large_is_refused_in_one_piece_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parse_stream, "LARGEST", 10_000)
    many = f"<PubmedArticleSet>{''.join(article(pmid) for pmid in range(1, 100))}</PubmedArticleSet>"
    assert len(of_text(many)) == 99
    large = article(1, f"<CoiStatement>{'x' * 10_000}</CoiStatement>")
    assert "larger than" in str(refusal(f"<PubmedArticleSet>{large}</PubmedArticleSet>"))


def test_the_prefix_of_mathml_may_be_declared_on_the_root() -> None:
    body = article(1).replace(
        "Title 1", "<mml:math><mml:msup><mml:mi>x</mml:mi><mml:mn>2</mml:mn></mml:msup></mml:math>"
    )
    text = f'<PubmedArticleSet xmlns:mml="http://www.w3.org/1998/Math/MathML">{body}</PubmedArticleSet>'
    found = [one for one in read([text.encode()]) if isinstance(one, Parsed)]
    assert [one.record.title for one in found] == ["x²"]
    assert found[0].xml.decode() == body
