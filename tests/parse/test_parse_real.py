"""Every recorded file is read whole, nothing in it is unknown, and other parsers say the same of it."""

from __future__ import annotations

import gc
import gzip
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

import pytest
from lxml import etree

from tui.model.clean import clean, squeeze
from tui.model.record import Reference, ReferenceList
from tui.parse import NotPubMedXml, Parsed, read

DATA = Path(__file__).parents[3] / "shared" / "data"
FILES = sorted(
    path
    for folder, pattern in (("pubmed_xml", "*.xml*"), ("eutils_recorded", "efetch_pubmed_xml_*.xml*"))
    for path in (DATA / folder).glob(pattern)
    if not path.name.endswith(".meta.json")
)
pytestmark = pytest.mark.skipif(not FILES, reason="the recorded records are not beside this checkout")

NOT_PUBMEDS = {
    "piratevax__pubmed_result.xml.gz": "its records have no root around them",
}
DISTINCT = 2424
RECORDS = frozenset(("PubmedArticle", "PubmedBookArticle", "MedlineCitation", "BookDocument"))


class Recording(NamedTuple):
    """A file, and what was read of it."""

    path: Path
    data: bytes
    found: tuple[Parsed, ...]


def unpacked(path: Path) -> bytes:
    data = path.read_bytes()
    return gzip.decompress(data) if path.suffix == ".gz" else data


@pytest.fixture(scope="module")
def recordings() -> Iterator[list[Recording]]:
    found = []
    for path in FILES:
        if path.name not in NOT_PUBMEDS:
            data = unpacked(path)
            found.append(Recording(path, data, tuple(one for one in read([data]) if isinstance(one, Parsed))))
            gc.freeze()  # they stay; to look through them again and again would take longer than the tests
    yield found
    gc.unfreeze()


@pytest.fixture(scope="module")
def distinct(recordings: list[Recording]) -> list[Parsed]:
    """Each record once, of those that stand in several files."""
    return list({one.xml: one for recording in recordings for one in recording.found}.values())


def elements(root: ElementTree.Element) -> list[ElementTree.Element]:
    """The records of a set, or the root where it is one itself."""
    return [root] if root.tag in RECORDS else [child for child in root if child.tag in RECORDS]


def test_each_file_gives_as_many_records_as_it_has(recordings: list[Recording]) -> None:
    assert len(recordings) > 150
    for recording in recordings:
        assert len(recording.found) == len(elements(ElementTree.fromstring(recording.data))), recording.path.name


@pytest.mark.parametrize("path", [path for path in FILES if path.name in NOT_PUBMEDS], ids=lambda path: path.name)
def test_files_that_are_not_pubmeds_are_refused(path: Path) -> None:
    with pytest.raises(NotPubMedXml):
        list(read([unpacked(path)]))


def test_no_element_is_unknown(distinct: list[Parsed]) -> None:
    assert Counter(node.name for one in distinct for node in one.record.unrecognised) == {}


def test_nothing_is_foreign_in_any_record(distinct: list[Parsed]) -> None:
    for one in distinct:
        for text in texts(one.record):
            assert clean(text) == text
            assert "\n" not in text


def texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from texts(part)


def test_another_parser_reads_the_same(distinct: list[Parsed]) -> None:
    """lxml and XPath, for what a reader would miss the most."""
    assert len(distinct) >= DISTINCT
    for one in distinct:
        record, root = one.record, etree.fromstring(one.xml)
        assert str(record.pmid) == _string(root, "(self::MedlineCitation|MedlineCitation|BookDocument)/PMID")
        assert _letters(record.title) == _letters(_string(root, "descendant::ArticleTitle"))
        own = [_string(root, path) for path in OWN_DOI]
        assert record.doi == next((doi for doi in own if doi), ""), record.pmid
        everyone = [person for people in record.author_lists for person in people.people]
        references = [reference for each in record.reference_lists for reference in cited(each)]
        for values, path in (
            (everyone, "descendant::Author[not(ancestor::Book)]"),
            (references, "descendant::Reference"),
            (record.mesh, "descendant::MeshHeading"),
            (record.grants, "descendant::Grant"),
            (record.relations, "descendant::RefSource"),
        ):
            assert str(len(values)) == _string(root, f"count({path})"), (record.pmid, path)


OWN_DOI = (
    "(PubmedData|PubmedBookData|BookDocument)/ArticleIdList/ArticleId[@IdType='doi'][string()]",
    "(descendant::Article|descendant::Book)/ELocationID[@EIdType='doi'][not(@ValidYN='N')]",
)


def cited(references: ReferenceList) -> Iterator[Reference]:
    yield from references.references
    for inner in references.lists:
        yield from cited(inner)


def _string(root: etree._Element, path: str) -> str:
    return squeeze(str(root.xpath(f"string({path})")))


def _words(text: str) -> str:
    """All words of a marked-up text, by another parser."""
    return _string(etree.fromstring(f"<x>{getattr(text, 'markup', '')}</x>"), ".")


def _letters(text: str) -> str:
    """Letters and figures alone, whether raised, lowered or neither."""
    return "".join(character for character in unicodedata.normalize("NFKD", text) if character.isalnum())


def test_marked_up_text_keeps_every_letter(distinct: list[Parsed]) -> None:
    marked_up = [
        section.text
        for one in distinct
        for section in one.record.abstract.sections
        if getattr(section.text, "markup", "")
    ]
    assert len(marked_up) > 200
    for text in marked_up:
        assert _letters(text) == _letters(_words(text))
