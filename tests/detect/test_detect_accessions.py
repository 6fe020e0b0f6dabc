"""Accession numbers in text and in data banks."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.detect.accessions import ACCESSIONS, accessions, banked
from tui.model.record import DataBank

FOUND = [
    ("Arrays are in GEO (GSE13601).", "GEO series", "GSE13601"),
    ("sample GSM1234", "GEO sample", "GSM1234"),
    ("GDS2545", "GEO dataset", "GDS2545"),
    ("reads SRP012345", "sequence reads", "SRP012345"),
    ("run ERR1234567", "sequence reads", "ERR1234567"),
    ("PRJNA12345", "BioProject", "PRJNA12345"),
    ("PRJEB47976.", "BioProject", "PRJEB47976"),
    ("SAMN01234567", "BioSample", "SAMN01234567"),
    ("dbGaP phs000178.v8.p7", "dbGaP study", "phs000178.v8.p7"),
    ("phs000178", "dbGaP study", "phs000178"),
    ("EGAS00001000001", "EGA study", "EGAS00001000001"),
    ("EGAD00001000001", "EGA dataset", "EGAD00001000001"),
    ("E-MTAB-123", "ArrayExpress experiment", "E-MTAB-123"),
    ("solved (PDB 12E8)", "protein structure", "12E8"),
    ("Protein Data Bank under the code 4HHB", "protein structure", "4HHB"),
    ("deposited in EMDB as EMD-1234", "electron microscopy map", "EMD-1234"),
    ("UniProt entry P04637", "UniProt protein", "P04637"),
    ("UniProtKB A0A022YWF9", "UniProt protein", "A0A022YWF9"),
    ("NP_002246/", "RefSeq protein", "NP_002246"),
    ("NM_000546.5", "RefSeq sequence", "NM_000546.5"),
    ("GCF_000001405.40", "genome assembly", "GCF_000001405.40"),
    ("GenBank accession no. U12345", "GenBank sequence", "U12345"),
    ("accession number MN908947", "GenBank sequence", "MN908947"),
    ("GenBank AAA12345", "GenBank protein", "AAA12345"),
    ("(NCT00003117)", "clinical trial", "NCT00003117"),
    ("NCT 00003117", "clinical trial", "NCT00003117"),
    ("ISRCTN 63718836.", "clinical trial", "ISRCTN63718836"),
    ("EudraCT number 2004-000001-23", "clinical trial", "2004-000001-23"),
    ("ACTRN12605000000000", "clinical trial", "ACTRN12605000000000"),
    ("DRKS00000001", "clinical trial", "DRKS00000001"),
    ("jRCTs031180001", "clinical trial", "jRCTs031180001"),
    ("ChiCTR-IPR-17011234", "clinical trial", "ChiCTR-IPR-17011234"),
    ("CTRI/2020/05/025001", "clinical trial", "CTRI/2020/05/025001"),
    ("IRCT20080901001165N41", "clinical trial", "IRCT20080901001165N41"),
    ("JPRN-UMIN000012345", "clinical trial", "JPRN-UMIN000012345"),
    ("KCT0001234", "clinical trial", "KCT0001234"),
    ("PACTR201502001037220", "clinical trial", "PACTR201502001037220"),
    ("RBR-2b3k5z", "clinical trial", "RBR-2b3k5z"),
    ("TCTR20180101001", "clinical trial", "TCTR20180101001"),
    ("UMIN000012345", "clinical trial", "UMIN000012345"),
    ("PROSPERO CRD42022360199", "review protocol", "CRD42022360199"),
    ("PXD012345", "proteomics dataset", "PXD012345"),
    ("MSV000012345", "mass spectrometry dataset", "MSV000012345"),
    ("MTBLS1", "metabolomics study", "MTBLS1"),
    ("FR-FCM-ZZ12", "flow cytometry dataset", "FR-FCM-ZZ12"),
    ("ds000030", "neuroimaging dataset", "ds000030"),
    ("https://doi.org/10.5281/zenodo.12345", "Zenodo deposit", "10.5281/zenodo.12345"),
    ("10.6084/M9.FIGSHARE.1582675", "figshare deposit", "10.6084/m9.figshare.1582675"),
    ("10.6084/m9.figshare.c.4130042.v2.", "figshare deposit", "10.6084/m9.figshare.c.4130042.v2"),
    ("10.5061/dryad.m63xsj46h.", "Dryad dataset", "10.5061/dryad.m63xsj46h"),
]


@pytest.mark.parametrize(("text", "kind", "id"), FOUND, ids=[id for _, _, id in FOUND])
def test_forms(text: str, kind: str, id: str) -> None:
    (finding,) = accessions(text, "abstract")
    assert (finding.kind, finding.id, finding.place) == (kind, id, "abstract")
    assert finding.quote in text
    assert finding.url.startswith("https://")
    assert id in finding.url


def test_every_kind_that_is_read_from_text_is_tried_here() -> None:
    assert {kind for _, kind, _ in FOUND} == {row.kind for row in ACCESSIONS if row.named != "(?!)"}


@pytest.mark.parametrize(
    "text",
    [
        "the GDS15 score",  # Geriatric Depression Scale
        "signal recognition particle SRP54",
        "cilengitide (EMD-121974)",
        "in 1ABC patients of 2019",
        "the PDB in 2019",
        "We searched the PDB. Then 4HHB was chosen",
        "P04637 and U12345",
        "plant introduction PI123456",
        "a 2004-000001-23 number",
        "xGSE13601 GSE13601x",
        "rs2234671",
        "NCT123",
        "",
    ],
)
def test_what_is_no_evidence(text: str) -> None:
    assert list(accessions(text, "abstract")) == []


@pytest.mark.parametrize(
    ("bank", "accession", "kind", "id", "url"),
    [
        ("GENBANK", "AF005358", "GenBank sequence", "AF005358", "https://www.ncbi.nlm.nih.gov/nuccore/AF005358"),
        ("GENBANK", "GSE9890", "GEO series", "GSE9890", "https://www.ncbi.nlm.nih.gov/geo/query/acc.cgi?acc=GSE9890"),
        ("PDB", "1Bj4", "protein structure", "1BJ4", "https://www.rcsb.org/structure/1BJ4"),
        ("OMIM", "114500", "OMIM entry", "114500", "https://www.omim.org/entry/114500"),
        ("dbSNP", "RS2234671", "gene variant", "rs2234671", "https://www.ncbi.nlm.nih.gov/snp/rs2234671"),
        ("ClinicalTrials.gov", "NCT00000419", "clinical trial", "NCT00000419", "https://clinicaltrials.gov/study/NCT00000419"),
        ("SWISSPROT", "P04637", "UniProt protein", "P04637", "https://www.uniprot.org/uniprotkb/P04637"),
        ("PubChem-Substance", "841812", "PubChem substance", "841812", "https://pubchem.ncbi.nlm.nih.gov/substance/841812"),
        ("Dryad", "10.5061/DRYAD.TD26KR2", "Dryad dataset", "10.5061/dryad.td26kr2", "https://doi.org/10.5061/dryad.td26kr2"),
        ("PDB", "P33943", "PDB", "P33943", ""),
        ("a new bank", "x [y]", "a new bank", "x [y]", ""),
    ],
)  # fmt: skip
def test_data_banks(bank: str, accession: str, kind: str, id: str, url: str) -> None:
    (finding,) = banked(DataBank(bank, (accession,)))
    assert finding == (kind, id, url, "data banks", accession)


@settings(deadline=None)
@given(st.text(alphabet="GSEMDNCTPRJAXUKBfo_-./:;, \n0123456789\u00e9", max_size=300))
def test_quotes_stand_in_the_text(text: str) -> None:
    for finding in accessions(text, "title"):
        assert finding.quote in text


@settings(deadline=None)
@given(st.text(max_size=20), st.lists(st.text(max_size=20), max_size=3))
def test_any_data_bank_is_told_completely(name: str, numbers: list[str]) -> None:
    assert [finding.quote for finding in banked(DataBank(name, tuple(numbers)))] == numbers
