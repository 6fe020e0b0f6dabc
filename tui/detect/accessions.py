"""Accession numbers of public databases, in running text and in PubMed's own data banks: one row of a table each.

A false finding is worse than a missed one. Numbers that could be anything else (a PDB entry has four characters)
count only where the database is named shortly before them, in the same sentence.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple
from urllib.parse import quote

from tui.model.finding import Finding
from tui.model.record import DataBank


class Accession(NamedTuple):
    """A kind of accession number."""

    kind: str
    pattern: str
    """Regular expression of the number as it is written in text."""
    url: str
    """Its page; ``{}`` stands for the number."""
    named: str = ""
    """Regular expression of the name that must stand before it, where the number alone is no evidence."""
    bank: str = ""
    """What PubMed's DataBankName calls the database; several names are parted by ``|``."""
    case: Callable[[str], str] = str
    """Makes the proper spelling, where PubMed and authors write capitals as they like."""


_NEVER = "(?!)"
_NCBI = "https://www.ncbi.nlm.nih.gov"
_DOI = "https://doi.org/{}"
_WHO = "https://trialsearch.who.int/Trial2.aspx?TrialID={}"
_PUBCHEM = "https://pubchem.ncbi.nlm.nih.gov"
_GENBANK = r"GenBank|\bEMBL\b|\bDDBJ\b|\bENA\b"

ACCESSIONS = (
    Accession("GEO series", r"GSE[0-9]{3,7}", f"{_NCBI}/geo/query/acc.cgi?acc={{}}", "", "GEO", str.upper),
    Accession("GEO sample", r"GSM[0-9]{3,8}", f"{_NCBI}/geo/query/acc.cgi?acc={{}}", "", "GEO", str.upper),
    Accession("GEO dataset", r"GDS[0-9]{3,5}", f"{_NCBI}/sites/GDSbrowser?acc={{}}", "", "GEO", str.upper),
    Accession("sequence reads", r"[SED]R[APRSXZ][0-9]{6,9}", f"{_NCBI}/sra/?term={{}}", "", "SRA", str.upper),
    Accession("BioProject", r"PRJ(?:NA|EB|DB)[0-9]{2,8}", f"{_NCBI}/bioproject/{{}}", "", "BioProject", str.upper),
    Accession("BioSample", r"SAM(?:N|EA|D)[0-9]{6,12}", f"{_NCBI}/biosample/{{}}", "", "BioSample", str.upper),
    Accession(
        "dbGaP study",
        r"phs[0-9]{6}(?:\.v[0-9]{1,3}(?:\.p[0-9]{1,3})?)?",
        f"{_NCBI}/projects/gap/cgi-bin/study.cgi?study_id={{}}",
        bank="dbGaP",
        case=str.lower,
    ),
    Accession("EGA study", r"EGAS[0-9]{11}", "https://ega-archive.org/studies/{}"),
    Accession("EGA dataset", r"EGAD[0-9]{11}", "https://ega-archive.org/datasets/{}"),
    Accession(
        "ArrayExpress experiment", r"E-[A-Z]{4}-[0-9]{1,6}", "https://www.ebi.ac.uk/biostudies/arrayexpress/studies/{}"
    ),
    Accession(
        "protein structure",
        r"[1-9](?=[A-Z0-9]{0,2}[A-Z])[A-Z0-9]{3}",
        "https://www.rcsb.org/structure/{}",
        named=r"\bPDB\b|Protein Data ?[Bb]ank",
        bank="PDB",
        case=str.upper,
    ),
    Accession(
        "electron microscopy map",
        r"EMD-[0-9]{4,5}",
        "https://www.ebi.ac.uk/emdb/{}",
        named=r"\bEMDB\b|Electron Microscopy Data ?[Bb]ank",
        bank="EMDB",
    ),
    Accession(
        "UniProt protein",
        r"[OPQ][0-9][A-Z0-9]{3}[0-9]|[A-NR-Z][0-9](?:[A-Z][A-Z0-9]{2}[0-9]){1,2}",
        "https://www.uniprot.org/uniprotkb/{}",
        named=r"Uni[Pp]rot|S(?:wiss|WISS)-?P(?:rot|ROT)|TrEMBL",
        bank="SWISSPROT|UniProtKB",
        case=str.upper,
    ),
    Accession("RefSeq protein", r"[ANXYW]P_[0-9]{6,9}(?:\.[0-9]{1,2})?", f"{_NCBI}/protein/{{}}", bank="RefSeq"),
    Accession(
        "RefSeq sequence",
        r"(?:[NX][MR]|N[CGTW]|AC)_[0-9]{6,9}(?:\.[0-9]{1,2})?",
        f"{_NCBI}/nuccore/{{}}",
        bank="RefSeq",
    ),
    Accession("genome assembly", r"GC[AF]_[0-9]{9}(?:\.[0-9]{1,2})?", f"{_NCBI}/datasets/genome/{{}}"),
    Accession(
        "GenBank sequence",
        r"[A-Z]{2}(?:[0-9]{8}|[0-9]{6})(?:\.[0-9]{1,2})?",
        f"{_NCBI}/nuccore/{{}}",
        named=rf"{_GENBANK}|[Aa]ccession (?:[Nn]umber|[Nn]o\b)",
        bank="GENBANK",
        case=str.upper,
    ),
    Accession(
        "GenBank sequence",
        r"(?:[A-Z][0-9]{5}|[A-Z]{4,6}[0-9]{8,10})(?:\.[0-9]{1,2})?",
        f"{_NCBI}/nuccore/{{}}",
        named=_GENBANK,
        bank="GENBANK",
        case=str.upper,
    ),
    Accession(
        "GenBank protein",
        r"[A-Z]{3}(?:[0-9]{7}|[0-9]{5})(?:\.[0-9]{1,2})?",
        f"{_NCBI}/protein/{{}}",
        named=_GENBANK,
        bank="GENBANK",
        case=str.upper,
    ),
    Accession("clinical trial", r"NCT\s?[0-9]{8}", "https://clinicaltrials.gov/study/{}", bank="ClinicalTrials.gov"),
    Accession("clinical trial", r"ISRCTN\s?[0-9]{8}", "https://www.isrctn.com/{}", bank="ISRCTN"),
    Accession(
        "clinical trial",
        r"20[0-9]{2}-[0-9]{6}-[0-9]{2}",
        "https://www.clinicaltrialsregister.eu/ctr-search/search?query={}",
        named=r"(?i:EudraCT|EU Clinical Trials Register)",
        bank="EudraCT",
    ),
    Accession(
        "clinical trial",
        r"ACTRN\s?[0-9]{14}",
        "https://www.anzctr.org.au/TrialSearch.aspx?searchTxt={}",
        bank="ANZCTR",
    ),
    Accession("clinical trial", r"DRKS\s?[0-9]{8}", "https://drks.de/search/en/trial/{}", bank="DRKS"),
    Accession("clinical trial", r"jRCTs?[0-9]{9,10}", "https://jrct.mhlw.go.jp/latest-detail/{}", bank="jRCT"),
    Accession("clinical trial", r"ChiCTR-?(?:[A-Z]{2,4}-)?[0-9]{8,10}", _WHO, bank="ChiCTR"),
    Accession("clinical trial", r"CTRI/[0-9]{4}/[0-9]{2,3}/[0-9]{6}", _WHO, bank="CTRI"),
    Accession("clinical trial", r"IRCT[0-9]{8,18}(?:N[0-9]{1,3})?", _WHO, bank="IRCT"),
    Accession("clinical trial", r"JPRN-[A-Za-z]{3,9}[0-9]{6,10}", _WHO, bank="JPRN"),
    Accession("clinical trial", r"KCT[0-9]{7}", _WHO, bank="CRiS"),
    Accession("clinical trial", r"PACTR[0-9]{15,16}", _WHO, bank="PACTR"),
    Accession("clinical trial", r"RBR-[0-9a-z]{6,8}", _WHO, bank="ReBec"),
    Accession("clinical trial", r"TCTR[0-9]{11}", _WHO, bank="TCTR"),
    Accession("clinical trial", r"UMIN\s?[0-9]{9}", _WHO, bank="UMIN CTR|UMIN-CTR|UMIN"),
    Accession(
        "review protocol", r"CRD\s?42[0-9]{9,11}", "https://www.crd.york.ac.uk/prospero/display_record.php?ID={}"
    ),
    Accession("proteomics dataset", r"PXD[0-9]{6}", "https://proteomecentral.proteomexchange.org/cgi/GetDataset?ID={}"),
    Accession("mass spectrometry dataset", r"MSV[0-9]{9}", "https://massive.ucsd.edu/ProteoSAFe/QueryMSV?id={}"),
    Accession("metabolomics study", r"MTBLS[0-9]{1,6}", "https://www.ebi.ac.uk/metabolights/{}"),
    Accession("flow cytometry dataset", r"FR-FCM-[A-Z0-9]{4}", "https://flowrepository.org/id/{}"),
    Accession("neuroimaging dataset", r"ds00[0-9]{4}", "https://openneuro.org/datasets/{}"),
    Accession("Zenodo deposit", r"10\.5281/(?i:zenodo)\.[0-9]{4,9}", _DOI, case=str.lower),
    Accession(
        "figshare deposit",
        r"10\.6084/(?i:m9\.figshare)\.(?:[A-Za-z]\.)?[0-9]{4,9}(?:\.[vV][0-9]{1,3})?",
        _DOI,
        bank="figshare",
        case=str.lower,
    ),
    Accession("Dryad dataset", r"10\.5061/(?i:dryad)\.[0-9A-Za-z]{3,12}", _DOI, bank="Dryad", case=str.lower),
    # Numbers that in text cannot be told from others: PubMed alone names them.
    Accession("OMIM entry", r"[0-9]{6}", "https://www.omim.org/entry/{}", _NEVER, "OMIM"),
    Accession("gene variant", r"(?:rs|ss)[0-9]{1,12}", f"{_NCBI}/snp/{{}}", _NEVER, "dbSNP", str.lower),
    Accession("structural variant", r"[nde]std[0-9]{1,6}", f"{_NCBI}/dbvar/studies/{{}}", _NEVER, "dbVar", str.lower),
    Accession("PubChem substance", r"[0-9]{1,12}", f"{_PUBCHEM}/substance/{{}}", _NEVER, "PubChem-Substance"),
    Accession("PubChem compound", r"[0-9]{1,12}", f"{_PUBCHEM}/compound/{{}}", _NEVER, "PubChem-Compound"),
    Accession("PubChem assay", r"[0-9]{1,12}", f"{_PUBCHEM}/bioassay/{{}}", _NEVER, "PubChem-BioAssay"),
)

_NEAR = 80
"""Characters after a database's name in which its accession numbers are looked for."""

_SENTENCE_END = re.compile(r"[.;?!]\s+(?=[A-Z][a-z])")
_UNMISTAKABLE = re.compile(
    r"(?<!\w)(?:"
    + "|".join(f"(?P<a{number}>{row.pattern})" for number, row in enumerate(ACCESSIONS) if not row.named)
    + r")(?!\w)"
)
_NAMED = tuple(
    (row, re.compile(row.named), re.compile(rf"(?<![\w-])(?:{row.pattern})(?![\w-])"))
    for row in ACCESSIONS
    if row.named not in ("", _NEVER)
)
_BANKS: dict[str, list[Accession]] = {}
for _row in ACCESSIONS:
    for _name in _row.bank.casefold().split("|"):
        _BANKS.setdefault(_name, []).append(_row)


def accessions(text: str, place: str) -> Iterator[Finding]:
    """The accession numbers in `text`, the unmistakable ones first, each as often as it is found."""
    for found in _UNMISTAKABLE.finditer(text):
        yield _finding(ACCESSIONS[int((found.lastgroup or "")[1:])], place, found.group())
    for row, name, number in _NAMED:
        for database in name.finditer(text):
            sentence = _SENTENCE_END.split(text[database.end() : database.end() + _NEAR], maxsplit=1)[0]
            for found in number.finditer(sentence):
                yield _finding(row, place, found.group())


def banked(bank: DataBank) -> Iterator[Finding]:
    """What PubMed lists in a DataBank; without a link where neither the bank nor the number itself tells what it is.

    Some numbers stand under another bank's name (a GEO series under GENBANK), so the unmistakable ones come first.
    """
    rows = [*(row for row in ACCESSIONS if not row.named), *_BANKS.get(bank.name.casefold(), [])]
    for accession in bank.accessions:
        for row in rows:
            if re.fullmatch(row.pattern, row.case(accession)):
                yield _finding(row, "data banks", accession)
                break
        else:
            yield Finding(bank.name, accession, "", "data banks", accession)


def _finding(row: Accession, place: str, words: str) -> Finding:
    identifier = row.case("".join(words.split()))
    return Finding(row.kind, identifier, row.url.format(quote(identifier, safe="/:")), place, words)
