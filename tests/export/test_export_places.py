"""Where each datum of a record goes in each format: the table of CONTRIBUTING.md, held to what the formats write.

``python tests/export/test_export_places.py`` prints the table.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tui.export import FORMATS
from tui.model.results import Kept, Origin
from tui.parse import parse_record

XML = """\
<PubmedArticle><MedlineCitation Status="MEDLINE" Owner="NLM"><PMID Version="1">17914389</PMID>\
<Article PubModel="Print"><Journal><ISSN IssnType="Print">0028-0836</ISSN><JournalIssue CitedMedium="Print">\
<Volume>449</Volume><Issue>7162</Issue><PubDate><Year>2007</Year><Month>Oct</Month><Day>4</Day></PubDate>\
</JournalIssue><Title>Nature</Title><ISOAbbreviation>Nature</ISOAbbreviation></Journal>\
<ArticleTitle>Cells move.</ArticleTitle><Pagination><MedlinePgn>557-63</MedlinePgn></Pagination><Abstract>\
<AbstractText Label="AIM">To see.</AbstractText><AbstractText Label="RESULTS">Seen.</AbstractText></Abstract>\
<AuthorList CompleteYN="Y"><Author ValidYN="Y"><LastName>Karnoub</LastName><ForeName>Antoine E</ForeName>\
<Initials>AE</Initials></Author><Author ValidYN="Y"><CollectiveName>Stroma, Bone Group</CollectiveName></Author>\
</AuthorList><Language>eng</Language><Language>fre</Language><DataBankList CompleteYN="Y"><DataBank>\
<DataBankName>GEO</DataBankName><AccessionNumberList><AccessionNumber>GSE9001</AccessionNumber></AccessionNumberList>\
</DataBank></DataBankList><GrantList CompleteYN="Y"><Grant><GrantID>R01 CA116235</GrantID><Acronym>CA</Acronym>\
<Agency>NCI NIH HHS</Agency><Country>United States</Country></Grant></GrantList><PublicationTypeList>\
<PublicationType UI="D016441">Retracted Publication</PublicationType></PublicationTypeList></Article>\
<MedlineJournalInfo><MedlineTA>Nature</MedlineTA></MedlineJournalInfo><CommentsCorrectionsList>\
<CommentsCorrections RefType="RetractionIn"><RefSource>Nature. 2010;463:1000</RefSource>\
<PMID Version="1">20137807</PMID></CommentsCorrections></CommentsCorrectionsList><MeshHeadingList><MeshHeading>\
<DescriptorName UI="D001943" MajorTopicYN="N">Breast Neoplasms</DescriptorName>\
<QualifierName UI="Q000473" MajorTopicYN="Y">pathology</QualifierName></MeshHeading></MeshHeadingList>\
</MedlineCitation><PubmedData><ArticleIdList><ArticleId IdType="pubmed">17914389</ArticleId>\
<ArticleId IdType="doi">10.1038/nature06188</ArticleId><ArticleId IdType="pmc">PMC7000001</ArticleId></ArticleIdList>\
</PubmedData></PubmedArticle>"""

DATA = (
    *("MeSH", "its qualifiers", "major topic", "grants", "PMID", "PMCID", "DOI", "abstract, labels", "languages"),
    *("date", "group author", "data accessions", "retraction"),
)

Place = tuple[str, ...]
"""What the table says, and a piece of the written text that shows it for each place."""

_JSON = (
    ("`mesh`", '"mesh": [{"descriptor": {"name": "Breast Neoplasms"'),
    ("`mesh`", '"qualifiers": [{"name": "pathology"'),
    ("`major`", '"name": "pathology", "ui": "Q000473", "major": true'),
    ("`grants`", '"grants": [{"id": "R01 CA116235", "acronym": "CA", "agency": "NCI NIH HHS"'),
    ("`pmid`", '"pmid": 17914389'),
    ("`pmcid`, `ids`", '"pmcid": "PMC7000001"', '{"kind": "pmc", "value": "PMC7000001"}'),
    ("`doi`, `ids`", '"doi": "10.1038/nature06188"', '{"kind": "doi", "value": "10.1038/nature06188"}'),
    ("`abstract`", '"sections": [{"text": "To see.", "label": "AIM"}'),
    ("`languages`", '"languages": ["eng", "fre"]'),
    ("`issue.date`", '"date": {"year": "2007", "month": "Oct", "day": "4", "iso": "2007-10-04"}'),
    ("`collective_name`", '"collective_name": "Stroma, Bone Group"'),
    ("`data_banks`", '"data_banks": [{"name": "GEO", "accessions": ["GSE9001"]}]'),
    (
        "`retracted`, `relations`",
        '"retracted": true',
        '{"kind": "RetractionIn", "source": "Nature. 2010;463:1000", "pmid": 20137807',
    ),
)

PLACES: dict[str, tuple[Place, ...]] = {
    "ris": (
        ("`KW`", "\nKW  - Breast Neoplasms\n"),
        ("`KW`", "\nKW  - Breast Neoplasms/pathology\n"),
        ("`N1`; in `KW` a star would be part of the word", "\nN1  - MeSH: Breast Neoplasms/*pathology\n"),
        ("`N1`", "\nN1  - Grants: R01 CA116235 (NCI NIH HHS, United States)\n"),
        (
            "`AN`, `M2`, `UR`",
            "\nAN  - 17914389\n",
            "\nM2  - PMID: 17914389\n",
            "\nUR  - https://pubmed.ncbi.nlm.nih.gov/17914389/\n",
        ),
        ("`C2`, `M2`", "\nC2  - PMC7000001\n", "\nM2  - PMCID: PMC7000001\n"),
        ("`DO`", "\nDO  - 10.1038/nature06188\n"),
        ("`AB`, on one line", "\nAB  - AIM: To see. RESULTS: Seen.\n"),
        ("`LA`", "\nLA  - eng, fre\n"),
        ("`PY`, `DA`", "\nPY  - 2007\n", "\nDA  - 2007/10/04\n"),
        (
            "`AU`, its commas full-width; `N1`",
            "\nAU  - Stroma\uff0cBone Group\n",
            "\nN1  - Group authors: Stroma, Bone Group\n",
        ),
        ("`N1`", "\nN1  - Data banks: GEO: GSE9001\n"),
        ("`N1`", "\nN1  - RETRACTED PUBLICATION\nN1  - Retraction in: Nature. 2010;463:1000 PMID: 20137807\n"),
    ),
    "nbib": (
        ("`MH`", "\nMH  - Breast Neoplasms/"),
        ("`MH`", "/*pathology\n"),
        ("`MH`", "/*pathology\n"),
        ("`GR`", "\nGR  - R01 CA116235/CA/NCI NIH HHS/United States\n"),
        ("`PMID`", "PMID- 17914389\n"),
        ("`PMC`", "\nPMC - PMC7000001\n"),
        ("`AID`, `SO`", "\nAID - 10.1038/nature06188 [doi]\n", " doi: 10.1038/nature06188.\n"),
        ("`AB`", "\nAB  - AIM: To see. RESULTS: Seen.\n"),
        ("`LA`", "\nLA  - eng\nLA  - fre\n"),
        ("`DP`", "\nDP  - 2007 Oct 4\n"),
        ("`CN`", "\nCN  - Stroma, Bone Group\n"),
        ("`SI`", "\nSI  - GEO/GSE9001\n"),
        ("`RIN`, `PT`", "\nRIN - Nature. 2010;463:1000. PMID: 20137807\n", "\nPT  - Retracted Publication\n"),
    ),
    "bibtex": (
        ("`keywords`", "  keywords = {Breast Neoplasms; "),
        ("`keywords`", "Breast Neoplasms/pathology"),
        ("`annote`; in `keywords` a star would be part of the word", "MeSH: Breast Neoplasms/*pathology"),
        ("`annote`", "Grants: R01 CA116235 (NCI NIH HHS, United States)"),
        ("`pmid`, `url`", "  pmid = {17914389},\n", "  url = {https://pubmed.ncbi.nlm.nih.gov/17914389/},\n"),
        ("`pmcid`", "  pmcid = {PMC7000001},\n"),
        ("`doi`", "  doi = {10.1038/nature06188},\n"),
        ("`abstract`", "  abstract = {AIM: To see. RESULTS: Seen.},\n"),
        ("`language`", "  language = {english and french},\n"),
        ("`year`, `month`, `day`", "  year = {2007},\n  month = oct,\n  day = {4},\n"),
        ("`author`, in braces", "{Stroma, Bone Group}"),
        ("`annote`", "Data banks: GEO: GSE9001"),
        ("`note`", "  note = {RETRACTED PUBLICATION. Retraction in: Nature. 2010;463:1000 PMID: 20137807},\n"),
    ),
    "csl-json": (
        ("`keyword`", '"keyword": "Breast Neoplasms; '),
        ("`keyword`", "; Breast Neoplasms/pathology"),
        ("`note`; in `keyword` a star would be part of the word", "MeSH: Breast Neoplasms/*pathology"),
        ("`note`; CSL has no variable", "Grants: R01 CA116235 (NCI NIH HHS, United States)"),
        ("`PMID`, `id`", '"PMID": "17914389"', '"id": "pmid:17914389"'),
        ("`PMCID`", '"PMCID": "PMC7000001"'),
        ("`DOI`", '"DOI": "10.1038/nature06188"'),
        ("`abstract`", '"abstract": "AIM: To see. RESULTS: Seen."'),
        ("`language` holds one; all in `note`", "Languages: eng; fre"),
        ("`issued`", '"issued": {"date-parts": [[2007, 10, 4]]}'),
        ("`literal` of `author`", '{"literal": "Stroma, Bone Group"}'),
        ("`note`; CSL has no variable", "Data banks: GEO: GSE9001"),
        ("`note`", '"note": "RETRACTED PUBLICATION\\nRetraction in: Nature. 2010;463:1000 PMID: 20137807'),
    ),
    "csv": (
        ("`MeSH`", ",Breast Neoplasms/*pathology,"),
        ("`MeSH`", ",Breast Neoplasms/*pathology,"),
        ("`MeSH`, a star", ",Breast Neoplasms/*pathology,"),
        ("`Grants`", ',"R01 CA116235 (NCI NIH HHS, United States)",'),
        ("`PMID`, `URL`", "\r\n17914389,PMC7000001,", ",https://pubmed.ncbi.nlm.nih.gov/17914389/\r\n"),
        ("`PMCID`", "\r\n17914389,PMC7000001,"),
        ("`DOI`", ",10.1038/nature06188,"),
        ("`Abstract`", ",AIM: To see. RESULTS: Seen.,"),
        ("`Languages`", ",English; French,"),
        ("`Date`, `Year`", ",2007,2007 Oct 4,"),
        ("`Authors`", ',"Karnoub, Antoine E; Stroma, Bone Group",'),
        ("`Data`", ",GEO: GSE9001,"),
        ("`Retraction`", ",RETRACTED PUBLICATION; Retraction in: Nature. 2010;463:1000 PMID: 20137807,"),
    ),
    "markdown": (
        ("MeSH", "\n**MeSH:** Breast Neoplasms/"),
        ("MeSH", "/\\*pathology\n"),
        ("MeSH, a star", "/\\*pathology\n"),
        ("Grants", "\n**Grants:** R01 CA116235 (NCI NIH HHS, United States)\n"),
        ("reference", "[PMID: 17914389](https://pubmed.ncbi.nlm.nih.gov/17914389/)"),
        ("reference", "[PMCID: PMC7000001](https://pmc.ncbi.nlm.nih.gov/articles/PMC7000001/)"),
        ("reference", "[doi: 10.1038/nature06188](https://doi.org/10.1038/nature06188)"),
        ("a paragraph a section", "\n**AIM:** To see.\n\n**RESULTS:** Seen.\n"),
        ("Languages", "\n**Languages:** English; French\n"),
        ("reference", " Nature. 2007 Oct 4;449(7162):557-63. "),
        ("reference", "\nKarnoub AE; Stroma, Bone Group. "),
        ("Data", "\n**Data:** GEO: GSE9001\n"),
        (
            "quotation; reference",
            "\n> **RETRACTED PUBLICATION**\n\n> **Retraction in: Nature. 2010;463:1000 PMID: 20137807**\n",
            "(https://doi.org/10.1038/nature06188). Retraction in: Nature. 2010;463:1000. ",
        ),
    ),
    "json": _JSON,
    "jsonl": _JSON,
    "xml": (
        ("`MeshHeading`", ">Breast Neoplasms</DescriptorName>"),
        ("`QualifierName`", ">pathology</QualifierName>"),
        ("`MajorTopicYN`", ' MajorTopicYN="Y">pathology<'),
        ("`Grant`", "<GrantID>R01 CA116235</GrantID><Acronym>CA</Acronym><Agency>NCI NIH HHS</Agency>"),
        ("`PMID`", '<PMID Version="1">17914389</PMID>'),
        ("`ArticleId`", '<ArticleId IdType="pmc">PMC7000001</ArticleId>'),
        ("`ArticleId`", '<ArticleId IdType="doi">10.1038/nature06188</ArticleId>'),
        ("`AbstractText`", '<AbstractText Label="AIM">To see.</AbstractText>'),
        ("`Language`", "<Language>eng</Language><Language>fre</Language>"),
        ("`PubDate`", "<PubDate><Year>2007</Year><Month>Oct</Month><Day>4</Day></PubDate>"),
        ("`CollectiveName`", "<CollectiveName>Stroma, Bone Group</CollectiveName>"),
        ("`DataBank`", "<AccessionNumber>GSE9001</AccessionNumber>"),
        ("`CommentsCorrections`", '<CommentsCorrections RefType="RetractionIn"><RefSource>Nature. 2010;463:1000<'),
    ),
}


def table() -> str:
    """As it stands in CONTRIBUTING.md."""
    names = [format.name for format in FORMATS]
    lines = [f"| | {' | '.join(f'`{name}`' for name in names)} |", "|---" * (len(names) + 1) + "|"]
    for at, datum in enumerate(DATA):
        lines.append(f"| {datum} | {' | '.join(PLACES[name][at][0] for name in names)} |")
    return "\n".join(lines)


@pytest.mark.parametrize("name", [format.name for format in FORMATS])
def test_each_datum_is_where_the_table_says(name: str) -> None:
    kept = Kept(parse_record(XML.encode()), XML.encode(), Origin("PubMed", 0))
    (written,) = ("".join(format.write([kept])) for format in FORMATS if format.name == name)
    for datum, (told, *shown) in zip(DATA, PLACES[name], strict=True):
        assert shown
        assert [piece for piece in shown if piece not in written] == [], (datum, told, written)


def test_contributing_has_the_table() -> None:
    assert table() in (Path(__file__).parents[2] / "CONTRIBUTING.md").read_text(encoding="utf-8")


if __name__ == "__main__":
    print(table())  # noqa: T201 - what running it is for
