"""What a scan gives is what the parser gives, on every real file and on whatever is made of a record; else nothing."""

from __future__ import annotations

import copy
import gzip
import os
import random
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest

from tests.parse.record_samples import xml_of
from tui.model.record import Record
from tui.parse import NotPubMedXml, parse_record
from tui.parse.scan import scanned
from tui.parse.stream import Cutter
from tui.parse.tree import suspect

DATA = Path(__file__).parents[3] / "shared" / "data"
RECORDED = sorted(
    path
    for folder, pattern in (("pubmed_xml", "*.xml*"), ("eutils_recorded", "efetch_pubmed_xml_*.xml*"))
    for path in (DATA / folder).glob(pattern)
    if not path.name.endswith(".meta.json")
)
NLM = os.environ.get("PUBMED_FILES", "")
"""A folder with files of NLM's baseline or its updates, of which any number may be tried."""
BASELINE = sorted(Path(NLM).glob("*.xml.gz")) if NLM else []
LEFT_OUT = {"reference_lists", "unrecognised"}
SCANNED = [name for name in Record._fields if name not in LEFT_OUT]


def scan(xml: bytes) -> Record | None:
    """What an index is made of, where it is read by pattern."""
    return None if suspect(xml) else scanned(xml, references=False)


def parsed(xml: bytes) -> Record | None:
    try:
        return parse_record(xml)
    except NotPubMedXml:
        return None


def differences(scanned: Record, xml: bytes) -> list[str]:
    """The names of the fields that the parser reads in another way."""
    whole = parsed(xml)
    return [name for name in SCANNED if getattr(scanned, name) != getattr(whole, name, None)]


def articles(path: Path) -> Iterator[bytes]:
    data = path.read_bytes()
    try:
        for piece in Cutter().feed(gzip.decompress(data) if path.suffix == ".gz" else data):
            if piece.name == "PubmedArticle":
                yield piece.xml
    except NotPubMedXml:
        return  # one of the files that are not PubMed's


@pytest.mark.skipif(not RECORDED, reason="the recorded records are not beside this checkout")
def test_it_is_the_parsers_record_in_every_recorded_file() -> None:
    seen: set[bytes] = set()
    scanned = 0
    for path in RECORDED:
        for xml in articles(path):
            if xml not in seen:
                seen.add(xml)
                record = scan(xml)
                if record is not None:
                    scanned += 1
                    assert differences(record, xml) == [], (path.name, record.pmid)
    assert len(seen) > 2400
    assert scanned > 0.6 * len(seen), "of forms that go back to 2006"


@pytest.mark.skipif(not BASELINE, reason="PUBMED_FILES names no folder with files of NLM's")
@pytest.mark.parametrize("path", BASELINE, ids=lambda path: path.name)
def test_it_is_the_parsers_record_in_nlms_own_files(path: Path) -> None:
    count = scanned = 0
    for xml in articles(path):
        count += 1
        record = scan(xml)
        if record is not None:
            scanned += 1
            assert differences(record, xml) == [], record.pmid
    assert scanned > 0.99 * count


WHOLE = xml_of(
    title="On H<sub>2</sub>O &amp; <i>E. coli</i>.",
    journal='<ISSN IssnType="Print">1234-5678</ISSN>',
    date="<Year>2007</Year><Month>Oct</Month><Day>4</Day>",
    article=(
        "<Pagination><StartPage>1</StartPage><EndPage>9</EndPage><MedlinePgn>1-9</MedlinePgn></Pagination>"
        '<ELocationID EIdType="doi" ValidYN="Y">10.1/x</ELocationID>'
        '<ELocationID EIdType="pii" ValidYN="N">x</ELocationID>'
        '<Abstract><AbstractText Label="AIM" NlmCategory="OBJECTIVE">To see x&lt;y.</AbstractText>'
        "<AbstractText>We\n saw 10<sup>-6</sup>  of it.</AbstractText>"
        "<CopyrightInformation>© Us.</CopyrightInformation></Abstract>"
        '<AuthorList CompleteYN="N"><Author ValidYN="Y" EqualContrib="Y"><LastName>Müller</LastName>'
        "<ForeName>Anna E</ForeName><Initials>AE</Initials><Suffix>Jr</Suffix>"
        '<Identifier Source="ORCID">0000-0002-1825-0097</Identifier><AffiliationInfo><Affiliation>Here &amp; there.'
        "</Affiliation></AffiliationInfo><AffiliationInfo><Affiliation>Elsewhere.</Affiliation></AffiliationInfo>"
        '</Author><Author ValidYN="N"><LastName>Sampler</LastName></Author>'
        '<Author ValidYN="Y"><CollectiveName>The Group</CollectiveName></Author></AuthorList>'
        "<Language>eng</Language><Language>ger</Language>"
        '<DataBankList CompleteYN="N"><DataBank><DataBankName>GENBANK</DataBankName><AccessionNumberList>'
        "<AccessionNumber>X1</AccessionNumber></AccessionNumberList></DataBank></DataBankList>"
        '<GrantList CompleteYN="N"><Grant><GrantID>R01 CA1</GrantID><Acronym>CA</Acronym><Agency>NCI</Agency>'
        "<Country>United States</Country></Grant><Grant><Agency>Us</Agency><Country/></Grant></GrantList>"
        '<PublicationTypeList><PublicationType UI="D016428">Journal Article</PublicationType>'
        '<PublicationType UI="D016454">Review</PublicationType></PublicationTypeList>'
        "<VernacularTitle>Über Wasser.</VernacularTitle>"
        '<ArticleDate DateType="Electronic"><Year>2007</Year><Month>09</Month><Day>30</Day></ArticleDate>'
    ),
    citation=(
        "<MedlineJournalInfo><Country>England</Country><MedlineTA>J Sampl</MedlineTA><NlmUniqueID>1</NlmUniqueID>"
        "<ISSNLinking>1234-5678</ISSNLinking></MedlineJournalInfo>"
        '<ChemicalList><Chemical><RegistryNumber>0</RegistryNumber><NameOfSubstance UI="D1">Water</NameOfSubstance>'
        "</Chemical></ChemicalList>"
        '<SupplMeshList><SupplMeshName Type="Protocol" UI="C1">A protocol</SupplMeshName></SupplMeshList>'
        "<CitationSubset>IM</CitationSubset><CitationSubset>S</CitationSubset>"
        '<CommentsCorrectionsList><CommentsCorrections RefType="RetractionIn"><RefSource>J Sampl. 2008</RefSource>'
        '<PMID Version="1">9</PMID><Note>so</Note></CommentsCorrections>'
        '<CommentsCorrections RefType="Cites"><RefSource>J Old. 1990</RefSource></CommentsCorrections>'
        "</CommentsCorrectionsList><GeneSymbolList><GeneSymbol>brca1</GeneSymbol></GeneSymbolList>"
        '<MeshHeadingList><MeshHeading><DescriptorName UI="D2" MajorTopicYN="N" Type="Geographic">Ohio'
        '</DescriptorName></MeshHeading><MeshHeading><DescriptorName UI="D3" MajorTopicYN="Y">Water</DescriptorName>'
        '<QualifierName UI="Q1" MajorTopicYN="N">analysis</QualifierName><QualifierName UI="Q2" MajorTopicYN="Y">'
        "toxicity</QualifierName></MeshHeading></MeshHeadingList><NumberOfReferences>7</NumberOfReferences>"
        "<PersonalNameSubjectList><PersonalNameSubject><LastName>Curie</LastName></PersonalNameSubject>"
        '</PersonalNameSubjectList><OtherID Source="NLM">PMC1</OtherID>'
        '<OtherAbstract Type="Publisher" Language="ger"><AbstractText>Worte.</AbstractText></OtherAbstract>'
        '<KeywordList Owner="NOTNLM"><Keyword MajorTopicYN="Y">wet</Keyword><Keyword MajorTopicYN="N">\n dry'
        "</Keyword></KeywordList><CoiStatement>None.</CoiStatement><SpaceFlightMission>Mir</SpaceFlightMission>"
        '<InvestigatorList><Investigator ValidYN="Y"><LastName>Helper</LastName></Investigator></InvestigatorList>'
        '<GeneralNote Owner="NLM">A note.</GeneralNote>'
    ),
    data=(
        '<History><PubMedPubDate PubStatus="received"><Year>2007</Year><Month>1</Month><Day>2</Day></PubMedPubDate>'
        '<PubMedPubDate PubStatus="entrez"><Year>2007</Year><Month>10</Month><Day>5</Day><Hour>9</Hour>'
        "<Minute>0</Minute></PubMedPubDate></History><PublicationStatus>ppublish</PublicationStatus>"
        '<ArticleIdList><ArticleId IdType="pubmed">7</ArticleId><ArticleId IdType="doi">10.1/x</ArticleId>'
        '</ArticleIdList><ObjectList><Object Type="x"><Param Name="y">z</Param></Object></ObjectList>'
        "<ReferenceList><Reference><Citation>One.</Citation></Reference></ReferenceList>"
    ),
)


def test_a_record_that_has_everything() -> None:
    scanned = scan(WHOLE.encode())
    assert scanned is not None
    assert differences(scanned, WHOLE.encode()) == []
    assert scanned.title == "On H₂O & E. coli."
    assert all(getattr(scanned, name) for name in set(SCANNED) - DEFAULTS)
    assert not any(getattr(scanned, name) for name in LEFT_OUT)


DEFAULTS = {
    *("indexing_method", "version_id", "version_date", "title_link", "created", "completed", "revised", "book"),
    *("data_banks_complete", "grants_complete"),
}
"""What `WHOLE` does not name, and what is false in it."""


@pytest.mark.parametrize("blanks", ["", " ", "\n", "\n    "])
def test_however_its_lines_are_broken(blanks: str) -> None:
    xml = WHOLE.replace("><", f">{blanks}<").encode()
    scanned = scan(xml)
    assert scanned is not None
    assert differences(scanned, xml) == []


@pytest.mark.parametrize(
    "xml",
    [
        xml_of(title="A &eacute;title."),
        xml_of(title="A &#7;title."),
        xml_of(title="A \u202etitle."),
        xml_of(article="<NewThing>x</NewThing>"),
        xml_of(citation="<NewThing>x</NewThing>"),
        xml_of(data="<NewThing>x</NewThing>"),
        xml_of(article="<Affiliation>Here.</Affiliation>"),
        "<MedlineCitation><PMID>7</PMID></MedlineCitation>",
        "<PubmedBookArticle><BookDocument><PMID>7</PMID></BookDocument></PubmedBookArticle>",
        WHOLE[:-20],
        WHOLE.replace("<Language>eng</Language>", "<Language>eng"),
        WHOLE.replace("<PMID Version", "<PMID Xersion", 1),
        WHOLE.replace(">7<", ">x<", 1),
    ],
)
def test_what_only_the_parser_can_tell(xml: str) -> None:
    assert scan(xml.encode()) is None


def changed(root: Element, chance: random.Random) -> None:
    """Do something to the record that a new DTD, another publisher or a mistake might do."""
    parents = [element for element in root.iter() if len(element)] or [root]
    parent = chance.choice(parents)
    child = chance.choice(list(parent) or [parent])
    place = chance.randrange(len(parent) + 1)
    match chance.randrange(9):
        case 0:
            parent.insert(place, ElementTree.fromstring("<NewThing>new</NewThing>"))
        case 1 if child is not parent:
            parent.remove(child)
        case 2:
            parent.insert(place, copy.deepcopy(child))
        case 3:
            chance.choice(parents).append(copy.deepcopy(child))
        case 4:
            child.set(
                chance.choice(["Type", "UI", "CompleteYN", "New", "ValidYN"]), chance.choice(["Y", "N", "a&<b>", ""])
            )
        case 5 if child.attrib:
            del child.attrib[chance.choice(list(child.attrib))]
        case 6:
            child.text = chance.choice(["", " ", "a  b", " a\n", "a&b<c>", "&lt;", "\u00a0x", "\u0301", "乳", "1"])
        case 7:
            child.tail = chance.choice(["tail", " ", "\n\n  \n", "\t"])
        case _:
            markup = ElementTree.SubElement(child, chance.choice(["i", "sub", "sup", "b", "u", "Identifier"]))
            markup.text, markup.tail = chance.choice(["2", "x y", "a&b", ""]), chance.choice(["", " and", None])


@pytest.mark.parametrize("seed", range(40))
def test_whatever_is_done_to_a_record(seed: int) -> None:
    chance = random.Random(seed)
    whole = ElementTree.fromstring(WHOLE)
    scanned = 0
    for _ in range(25):
        root = copy.deepcopy(whole)
        for _ in range(chance.randrange(1, 4)):
            changed(root, chance)
        xml = ElementTree.tostring(root, "unicode", short_empty_elements=chance.random() < 0.7).encode()
        record = scan(xml)
        if record is not None:
            scanned += 1
            assert differences(record, xml) == [], xml
    assert scanned > 0
