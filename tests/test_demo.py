"""What the demo library promises: real bibliographic facts, marked wording of its own, and one of every feature.

The facts of the seed record are written down here; those of the others are compared with the recorded PubMed
answers where a checkout has them beside it, and that comparison is skipped where it has not.
"""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from lxml import etree

ROOT = Path(__file__).parents[1]
LIBRARY = ROOT / "tui" / "demo" / "records.xml.gz"
DATA = ROOT.parent / "shared" / "data"
DTD = DATA / "dtd" / "pubmed_250101.dtd"
RECORDED = [
    DATA / "pubmed_xml" / "composite_all_distinct_a.xml.gz",
    DATA / "pubmed_xml" / "filiperigueiro__pubmed_result.xml.gz",  # the book chapter; the composite has articles only
]

MARK = "Abstract worded for the pubmed-tui demo; not the publisher's text."
SEED = "17914389"
COMMENTARY = "990000001"
HIGHEST_PMID = 99_999_999
REWORDED = ("Abstract", "OtherAbstract", "CoiStatement", "Affiliation")

AUTHORS = "Karnoub AE, Dash AB, Vo AP, Sullivan A, Brooks MW, Bell GW, Richardson AL, Polyak K, Tubo R, Weinberg RA"
GRANTS = (
    "R01 CA116235-01A1, P50 CA089393-080014, R01 CA116235-03, P50 CA089393, "
    "R01 CA116235, P50 CA089393-070014, P50 CA089393-060014, R01 CA116235-02"
)
MESH = (
    "Animals; Breast Neoplasms; Carcinoma, Ductal, Breast; Cell Line, Tumor; Cell Movement; Chemokine CCL5; "
    "Chemokines, CC; Fibroblasts; Humans; Lung Neoplasms; Mesenchymal Stem Cell Transplantation; "
    "Mesenchymal Stromal Cells; Mice; Mice, Inbred NOD; Mice, SCID; Neoplasm Invasiveness; Neoplasm Metastasis; "
    "Neoplasm Transplantation; Paracrine Communication; Receptors, CCR5; Stromal Cells"
)

# A feature of PubMed's records, a record that shows it, and where in that record.
FEATURES = [
    ("awards of one project", SEED, "count(.//Grant) = 8"),
    ("comment in", SEED, f".//CommentsCorrections[@RefType='CommentIn'][PMID='{COMMENTARY}']"),
    ("comment on", COMMENTARY, f".//CommentsCorrections[@RefType='CommentOn'][PMID='{SEED}']"),
    ("news", COMMENTARY, ".//PublicationType[.='News']"),
    ("structured abstract", "29661222", ".//AbstractText[@Label='BACKGROUND'][@NlmCategory='BACKGROUND']"),
    ("label without category", "29308857", ".//AbstractText[@Label='Aim'][not(@NlmCategory)]"),
    ("section without label", "23449757", ".//Abstract/AbstractText[not(@Label)][preceding-sibling::*[@Label]]"),
    ("markup in abstract", "27890529", ".//AbstractText[sup][sub]"),
    ("markup in title", "29301793", ".//ArticleTitle/i"),
    ("MathML in title", "29971232", ".//ArticleTitle[sub][sup]/*[local-name()='math']"),
    ("MathML in abstract", "30108440", ".//AbstractText/*[local-name()='math']"),
    ("Greek letters", "30051594", ".//ArticleTitle[contains(., 'α')]"),
    ("bracketed title", "29308857", ".//ArticleTitle[starts-with(., '[')]"),
    ("vernacular title", "22", ".//VernacularTitle"),
    ("abstract in Chinese", "30423607", ".//OtherAbstract[@Language='chi'][contains(., '肺腺癌')]"),
    ("plain-language summary", "23449757", ".//OtherAbstract[@Type='plain-language-summary']"),
    ("group author", "12230355", ".//CollectiveName"),
    ("investigators", "18719013", ".//InvestigatorList"),
    ("ORCID", "30051594", ".//Author/Identifier[@Source='ORCID']"),
    ("id of an institution", "31388332", ".//AffiliationInfo/Identifier"),
    ("equal contribution", "29137354", ".//Author[@EqualContrib='Y']"),
    ("more than 250 authors", "11237011", "count(.//Author) > 250"),
    ("no author", "31449458", "not(.//Author)"),
    ("no abstract", "18927361", "not(.//Abstract)"),
    ("author's keywords", "30051594", ".//KeywordList[@Owner='NOTNLM']"),
    ("NASA's keywords and mission", "12369570", ".//KeywordList[@Owner='NASA'] and .//SpaceFlightMission"),
    ("supplementary concepts", "12416895", ".//SupplMeshName[@Type='Protocol']"),
    ("person as subject", "12219757", ".//PersonalNameSubject"),
    ("GEO", "19008416", ".//DataBank[DataBankName='GEO']"),
    ("GenBank", "30051594", ".//DataBank[DataBankName='GENBANK']"),
    ("trial registry", "31449469", ".//DataBank[DataBankName='ClinicalTrials.gov']"),
    ("accession numbers in an abstract", "29637000", ".//AbstractText[contains(., 'GSE41613')]"),
    ("references", "30051594", "count(.//ReferenceList/Reference) > 50"),
    ("conflict of interest", "27890529", ".//CoiStatement"),
    ("retracted", "8863847", ".//CommentsCorrections[@RefType='RetractionIn']"),
    ("retraction that opens offline", "4120258", ".//CommentsCorrections[PMID='1203488']"),
    ("retraction notice", "1203488", ".//PublicationType[.='Retraction of Publication']"),
    ("erratum in", "2", ".//CommentsCorrections[@RefType='ErratumIn'][PMID='8']"),
    ("erratum for", "8", ".//CommentsCorrections[@RefType='ErratumFor'][PMID='2']"),
    ("summary for patients", "12230355", ".//CommentsCorrections[@RefType='SummaryForPatientsIn'][PMID='12230384']"),
    ("letter and reply", "31449471", ".//CommentsCorrections[@RefType='CommentIn'][PMID='31449467']"),
    ("later form of a preprint", "36156117", ".//CommentsCorrections[@RefType='UpdateOf']"),
    ("ahead of print, no pages", "30509109", ".//PublicationStatus[.='aheadofprint'] and not(.//Pagination)"),
    ("electronic page number", "29661222", ".//MedlinePgn[.='107']"),
    ("MedlineDate", "12416895", ".//MedlineDate"),
    ("season", "23449757", ".//PubDate/Season"),
    ("book chapter", "29165978", "self::PubmedBookArticle"),
]


@pytest.fixture(scope="module")
def library() -> dict[str, etree._Element]:
    """The demo's records by PMID, in their order."""
    records = list(etree.fromstring(gzip.decompress(LIBRARY.read_bytes())))
    by_pmid = {pmid(record): record for record in records}
    assert len(by_pmid) == len(records), "a PMID stands twice"
    return by_pmid


@pytest.fixture(scope="module")
def recorded(library: dict[str, etree._Element]) -> dict[str, etree._Element]:
    """The same records as PubMed gave them."""
    if not all(file.exists() for file in RECORDED):
        pytest.skip("the recorded PubMed answers are not beside this checkout")
    found: dict[str, etree._Element] = {}
    for file in RECORDED:
        with gzip.open(file) as stream:
            for _, record in etree.iterparse(stream, tag=("PubmedArticle", "PubmedBookArticle")):
                if pmid(record) in library and pmid(record) not in found:
                    found[pmid(record)] = etree.fromstring(etree.tostring(record, with_tail=False))
                record.clear()
    return found


def pmid(record: etree._Element) -> str:
    return record.findtext("*/PMID") or ""


def text(element: etree._Element | None) -> str:
    """All text inside, with whitespace evened out: line breaks and indentation carry no meaning in PubMed's XML."""
    assert element is not None
    return " ".join("".join(str(part) for part in element.itertext()).split())


def texts(record: etree._Element, path: str) -> list[str]:
    return [text(element) for element in record.findall(path)]


def names(record: etree._Element) -> list[str]:
    return [f"{author.findtext('LastName')} {author.findtext('Initials')}" for author in record.iter("Author")]


def facts(record: etree._Element) -> list[tuple[str, dict[str, str], str]]:
    """Every element outside the reworded ones: its name, its attributes, and its text where it has text of its own."""
    kept = etree.fromstring(etree.tostring(record))
    for element in list(kept.iter(*REWORDED)):
        parent = element.getparent()
        assert parent is not None
        parent.remove(element)
    rows = []
    for element in kept.iter(etree.Element):
        own = (element.text or "") + "".join(child.tail or "" for child in element)
        attributes = {str(key): str(value) for key, value in element.attrib.items()}
        rows.append((str(element.tag), attributes, text(element) if own.strip() else ""))
    return rows


def runs_of_eight(record: etree._Element) -> set[tuple[str, ...]]:
    """Every eight words in a row of its abstracts."""
    runs: set[tuple[str, ...]] = set()
    for section in record.iter("AbstractText"):
        words = re.findall(r"\w+", text(section).lower())
        runs.update(tuple(words[i : i + 8]) for i in range(len(words) - 7))
    return runs


def test_the_file_is_small_and_always_the_same_bytes() -> None:
    raw = LIBRARY.read_bytes()
    assert len(raw) < 150_000
    assert raw[3] == 0, "the gzip header names a file"
    assert raw[4:8] == bytes(4), "the gzip header tells a time"


def test_it_is_about_forty_records_led_by_the_seed_and_its_commentary(library: dict[str, etree._Element]) -> None:
    assert 38 <= len(library) <= 45
    assert list(library)[:2] == [SEED, COMMENTARY]


def test_only_the_commentary_has_an_id_of_the_demo_and_says_so(library: dict[str, etree._Element]) -> None:
    assert [number for number in library if int(number) > HIGHEST_PMID] == [COMMENTARY]
    assert f"The id {COMMENTARY} is the demo's own" in text(library[COMMENTARY].find(".//CopyrightInformation"))
    assert f"The id {COMMENTARY} is the demo's own" in text(library[SEED].find(".//CommentsCorrections/Note"))
    assert library[COMMENTARY].find("MedlineCitation[@Owner='NOTNLM']") is not None


def test_the_seed_has_its_bibliographic_facts(library: dict[str, etree._Element]) -> None:
    seed = library[SEED]
    assert text(seed.find(".//ArticleTitle")) == (
        "Mesenchymal stem cells within tumour stroma promote breast cancer metastasis."
    )
    assert names(seed) == AUTHORS.split(", ")
    assert text(seed.find(".//Journal/Title")) == "Nature"
    assert texts(seed, ".//PubDate/*") == ["2007", "Oct", "04"]
    assert (text(seed.find(".//Volume")), text(seed.find(".//Issue"))) == ("449", "7162")
    assert text(seed.find(".//MedlinePgn")) == "557-63"
    assert texts(seed, ".//ArticleId[@IdType='doi']") == ["10.1038/nature06188"]
    assert texts(seed, ".//DescriptorName") == MESH.split("; ")
    grants = [[text(part) for part in grant] for grant in seed.iter("Grant")]
    assert grants == [[number, "CA", "NCI NIH HHS", "United States"] for number in GRANTS.split(", ")]


def test_the_commentary_has_its_bibliographic_facts(library: dict[str, etree._Element]) -> None:
    commentary = library[COMMENTARY]
    assert text(commentary.find(".//ArticleTitle")) == "A MSC-ing link in metastasis?"
    assert names(commentary) == ["Hurst DR", "Welch DR"]
    assert text(commentary.find(".//Journal/Title")) == "Nature medicine"
    assert texts(commentary, ".//PubDate/*") == ["2007", "Nov"]
    assert text(commentary.find(".//Volume")) == "13"
    assert texts(commentary, ".//Pagination/*") == ["1289", "1291", "1289-91"]


@pytest.mark.parametrize(("feature", "number", "path"), FEATURES, ids=[feature for feature, _, _ in FEATURES])
def test_each_feature_is_seen(library: dict[str, etree._Element], feature: str, number: str, path: str) -> None:
    assert library[number].xpath(path), f"{number} does not show: {feature}"


def test_every_abstract_carries_the_mark(library: dict[str, etree._Element]) -> None:
    for number, record in library.items():
        for abstract in record.iter("Abstract", "OtherAbstract"):
            assert text(abstract.find("CopyrightInformation")).startswith(MARK), number


def test_nobody_is_given_away_by_an_e_mail_address(library: dict[str, etree._Element]) -> None:
    assert not [number for number, record in library.items() if "@" in text(record)]


def test_every_record_is_valid(library: dict[str, etree._Element]) -> None:
    if not DTD.exists():
        pytest.skip("NLM's DTD is not beside this checkout")
    dtd = etree.DTD(str(DTD))
    for number, record in library.items():
        assert dtd.validate(record), f"{number}: {dtd.error_log}"


def test_all_other_facts_are_those_of_pubmed(
    library: dict[str, etree._Element], recorded: dict[str, etree._Element]
) -> None:
    others = list(library)[2:]
    assert set(others) == set(recorded)
    for number in others:
        assert facts(library[number]) == facts(recorded[number]), number
        pairs = zip(texts(library[number], ".//Affiliation"), texts(recorded[number], ".//Affiliation"), strict=True)
        for ours, theirs in pairs:
            assert ours == theirs or ("@" in theirs and theirs.startswith(ours)), number


def test_abstracts_keep_their_sections_and_none_of_their_sentences(
    library: dict[str, etree._Element], recorded: dict[str, etree._Element]
) -> None:
    for number, real in recorded.items():
        ours = [dict(section.attrib) for section in library[number].iter("AbstractText")]
        assert ours == [dict(section.attrib) for section in real.iter("AbstractText")], number
        assert not runs_of_eight(library[number]) & runs_of_eight(real), number
