"""NLM's files of MeSH: all that is kept of a descriptor, in pieces of any size, and what is none of these files."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.mesh_samples import BREAST_NEOPLASMS, PROLOG, VOCABULARY, descriptor_set, descriptor_xml, tree_file
from tui.model.mesh import MeshDescriptor
from tui.parse.mesh import NotMesh, read

SAMPLE = Path(__file__).parents[3] / "shared" / "data" / "mesh" / "desc2020_sample.xml"
HOSTILE = {
    "markup": "[/b] [@click=app.quit]x[/] <i>y</i> & co",
    "escape": "a\x9b2Jb\x7f",
    "directions": "a\u202egnp.exe\u202c",
    "separators": "a\u2028b",
    "marks": "e" + "\u0301" * 40,
}


def pieces(data: bytes, size: int) -> Iterable[bytes]:
    return (data[at : at + size] for at in range(0, len(data), size))


class TestDescriptorFile:
    @pytest.mark.parametrize("size", [1, 7, 1000, 1 << 20])
    def test_all_that_is_kept_of_each_descriptor(self, size: int) -> None:
        assert tuple(read(pieces(descriptor_set(), size))) == VOCABULARY

    def test_of_the_heading_itself_no_term_is_made(self) -> None:
        (one,) = read([descriptor_set([BREAST_NEOPLASMS])])
        assert one.name not in (*one.entry_terms, *one.permuted_terms)

    def test_in_another_encoding(self) -> None:
        text = descriptor_set().decode()
        assert tuple(read([text.encode("utf-16")])) == VOCABULARY
        latin = text.replace('<?xml version="1.0"?>', '<?xml version="1.0" encoding="iso-8859-1"?>').replace("β", "b")
        assert "Fémara" in [term for one in read([latin.encode("latin-1")]) for term in one.entry_terms]

    @pytest.mark.skipif(not SAMPLE.exists(), reason="no shared/data beside the checkout")
    def test_nlms_own_file(self) -> None:
        found = list(read([SAMPLE.read_bytes()]))
        assert [(one.ui, one.name) for one in found] == [
            ("D000001", "Calcimycin"),
            ("D000002", "Temefos"),
            ("D000003", "Abattoirs"),
            ("D000077594", "Nivolumab"),
            ("D006406", "Hematoma"),
        ]
        calcimycin, temefos, abattoirs = found[:3]
        assert calcimycin.tree_numbers == ("D03.633.100.221.173",)
        assert temefos.tree_numbers == ("D02.705.400.625.800", "D02.705.539.345.800", "D02.886.300.692.800")
        assert set(calcimycin.entry_terms) == {"A-23187", "A23187", "Antibiotic A23187"}
        assert set(calcimycin.permuted_terms) == {"A 23187", "A23187, Antibiotic"}
        assert calcimycin.actions == ("Anti-Bacterial Agents", "Calcium Ionophores")
        assert ("Q000302", "isolation & purification") in calcimycin.qualifiers
        assert abattoirs.scope_note == "Places where animals are slaughtered and dressed for market."
        assert (abattoirs.established, abattoirs.revised) == ("1966-01-01", "2016-06-08")


class TestTreeFile:
    @pytest.mark.parametrize("size", [1, 7, 1 << 20])
    def test_names_and_places(self, size: int) -> None:
        found = {one.name: one for one in read(pieces(tree_file(), size))}
        assert set(found) == {one.name for one in VOCABULARY} - {"Male"}
        assert found["Breast Neoplasms"] == MeshDescriptor(
            "C04.588.180", "Breast Neoplasms", ("C04.588.180", "C17.800.090.500")
        )

    def test_line_ends_of_every_kind(self) -> None:
        assert [one.name for one in read([b"\xef\xbb\xbfBreast;A01.236\r\n\r\nBody Regions;A01"])] == [
            "Breast",
            "Body Regions",
        ]


class TestWhatIsNeither:
    @pytest.mark.parametrize(
        ("data", "said"),
        [
            (b"", "There is no MeSH descriptor in it."),
            (f"{PROLOG}<DescriptorRecordSet/>".encode(), "There is no MeSH descriptor in it."),
            (b"<QualifierRecordSet>", "<QualifierRecordSet> is no element that holds MeSH descriptors."),
            (b"<PubmedArticleSet><PubmedArticle>", "<PubmedArticleSet> is no element that holds MeSH descriptors."),
            (b"<!DOCTYPE html><html>", "<html> is no element that holds MeSH descriptors."),
            (b"*NEWRECORD\nRECTYPE = D\n", "'*NEWRECORD' is no line of MeSH's tree file."),
            (b"PK\x03\x04\x14\x00;\n", "'' is no tree number of MeSH."),
            (b"Breast;A01.236\nnone;A01.x\n", "'A01.x' is no tree number of MeSH."),
            (b"Breast;A01.236\n;A01\n", "';A01' is no line of MeSH's tree file."),
            (b"x" * 100_000, "It is no text of lines."),
            (descriptor_set()[:-30], "The XML ends before its last record does."),
            (descriptor_set() + b"<DescriptorRecordSet>", "The XML has a second root element."),
            (descriptor_set().replace(b"<DescriptorUI>", b"<DescriptorUI>&x;"), "A record's XML is not well-formed."),
            (descriptor_set().replace(b"D001943", b""), "A descriptor has no name or no UI."),
            (descriptor_set().replace(b"C04.588.180", b"1; DROP"), "'1; DROP' is no tree number of MeSH."),
        ],
    )
    def test_is_refused(self, data: bytes, said: str) -> None:
        with pytest.raises(NotMesh, match=f"^{re.escape(said)}") as refused:
            list(read([data]))
        assert (
            "NLM's" in refused.value.hint or "again" in refused.value.hint or "one file for each" in refused.value.hint
        )

    def test_entities_are_refused_and_no_dtd_is_loaded(self, tmp_path: Path) -> None:
        secret = tmp_path / "secret"
        secret.write_text("owned")
        bomb = f'<!DOCTYPE x [<!ENTITY a SYSTEM "{secret.as_uri()}">]><DescriptorRecordSet>'.encode()
        with pytest.raises(NotMesh, match="declares entities of its own, which NLM's never does"):
            list(read([bomb]))

    def test_elements_without_end_are_refused(self) -> None:
        deep = b"<DescriptorRecordSet><DescriptorRecord>" + b"<x>" * 100_000
        with pytest.raises(NotMesh):
            list(read([deep + b"</x>" * 100_000 + b"</DescriptorRecord></DescriptorRecordSet>"]))

    def test_what_came_before_the_fault_was_read(self) -> None:
        found = []
        with pytest.raises(NotMesh):
            for one in read(pieces(descriptor_set()[:-30], 100)):
                found.append(one)
        assert found == list(VOCABULARY[:-1])


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_foreign_text_is_harmless_in_both_files(text: str) -> None:
    hostile = MeshDescriptor("D1", text, ("A01",), "1", text, (f"term {text}",), annotation=text, see_also=(text,))
    (one,) = read([descriptor_set([hostile])])
    (in_tree,) = read([tree_file([hostile])])
    assert in_tree.name == one.name
    for value in (one.name, one.scope_note, *one.entry_terms, one.annotation, *one.see_also):
        assert value
        assert value.replace("\ufffd", "").isprintable()
        assert "\u202e" not in value
        assert "\u0301" * 9 not in value


def test_a_descriptor_alone_is_no_file() -> None:
    """As PubMed's articles do, a record may stand without its set."""
    assert tuple(read([descriptor_xml(BREAST_NEOPLASMS).encode()])) == (BREAST_NEOPLASMS,)
