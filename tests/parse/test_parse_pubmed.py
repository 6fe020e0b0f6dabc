"""What PubMed's XML says of an article or a book is what the record says (pubmed_250101.dtd and its predecessors)."""

from __future__ import annotations

import pytest

from tests.parse.record_samples import book_of, record_of
from tui.model.dates import PartialDate
from tui.model.record import (
    Abstract,
    AbstractSection,
    Affiliation,
    ArticleDate,
    BookLink,
    DataBank,
    DataObject,
    Descriptor,
    ELocation,
    Grant,
    HistoryDate,
    Identifier,
    ItemList,
    Journal,
    Keyword,
    KeywordList,
    MeshHeading,
    Node,
    Note,
    Pagination,
    Person,
    PersonList,
    Qualifier,
    Record,
    Reference,
    ReferenceList,
    Relation,
    Section,
    Substance,
    Term,
)


def authors_of(xml: str) -> tuple[Person, ...]:
    return record_of(article=f"<AuthorList>{xml}</AuthorList>").author_lists[0].people


def test_what_is_not_there_is_empty() -> None:
    found = record_of()
    filled = {"pmid", "version", "status", "owner", "title", "issue", "publication_model"}
    assert {name for name, value in found._asdict().items() if value != Record._field_defaults.get(name)} == filled
    assert (found.pmid, found.version, found.title) == (7, "2", "A title.")
    assert (found.publication_model, found.issue.volume, found.issue.issue) == ("Print", "449", "7162")
    assert found.issue.medium == "Internet"


def test_the_citation_itself() -> None:
    attributes = 'Status="In-Process" Owner="NASA" IndexingMethod="Automated" VersionID="3" VersionDate="2020/01/02"'
    dates = "".join(
        f"<{name}><Year>{year}</Year><Month>02</Month><Day>03</Day></{name}>"
        for year, name in ((2001, "DateCreated"), (2002, "DateCompleted"), (2003, "DateRevised"))
    )
    found = record_of(attributes=attributes, citation=dates)
    assert (found.status, found.owner, found.indexing_method) == ("In-Process", "NASA", "Automated")
    assert (found.version_id, found.version_date) == ("3", "2020/01/02")
    assert (found.created, found.completed, found.revised) == tuple(
        PartialDate(year, "02", "03") for year in ("2001", "2002", "2003")
    )


DATES = {
    "<Year>2007</Year><Month>Oct</Month><Day>4</Day>": PartialDate("2007", "Oct", "4"),
    "<Year>2007</Year><Month>10</Month>": PartialDate("2007", "10"),
    "<Year>2007</Year>": PartialDate("2007"),
    "<Year>2003</Year><Season>Spring</Season>": PartialDate("2003", season="Spring"),
    "<MedlineDate>1998 Dec-1999 Jan</MedlineDate>": PartialDate(medline_date="1998 Dec-1999 Jan"),
    "<MedlineDate>2000\n Spring-Summer </MedlineDate>": PartialDate(medline_date="2000 Spring-Summer"),
    "": PartialDate(),
    "<Year/>": PartialDate(),
}


@pytest.mark.parametrize("xml", DATES)
def test_every_form_of_date(xml: str) -> None:
    found = record_of(date=xml)
    assert found.issue.date == DATES[xml]
    assert found.unrecognised == ()


def test_the_electronic_date_stands_beside_the_printed_one() -> None:
    date = "<Year>2007</Year><Month>09</Month><Day>30</Day>"
    found = record_of(
        article=f'<ArticleDate DateType="Electronic">{date}</ArticleDate><ArticleDate>{date}</ArticleDate>'
    )
    assert found.article_dates == (ArticleDate(PartialDate("2007", "09", "30")),) * 2
    assert found.date == PartialDate("2007")


PAGES = {
    "<MedlinePgn>557-63</MedlinePgn>": Pagination("557-63"),
    "<StartPage>557</StartPage><EndPage>563</EndPage><MedlinePgn>557-63</MedlinePgn>": Pagination(
        "557-63", "557", "563"
    ),
    "<StartPage>e12</StartPage>": Pagination("", "e12"),
    "<MedlinePgn>xi-xiv, 3; suppl A1-9</MedlinePgn>": Pagination("xi-xiv, 3; suppl A1-9"),
    "<MedlinePgn/>": Pagination(),
}


@pytest.mark.parametrize("xml", PAGES)
def test_pages_are_kept_as_they_are_written(xml: str) -> None:
    assert record_of(article=f"<Pagination>{xml}</Pagination>").pagination == PAGES[xml]


def test_the_journal_is_told_in_two_places() -> None:
    found = record_of(
        journal='<ISSN IssnType="Print">0028-0836</ISSN><Title>Nature</Title>'
        "<ISOAbbreviation>Nature.</ISOAbbreviation>",
        citation="<MedlineJournalInfo><Country>England</Country><MedlineTA>Nature</MedlineTA>"
        "<NlmUniqueID>0410462</NlmUniqueID><ISSNLinking>0028-0836</ISSNLinking></MedlineJournalInfo>",
    )
    assert found.journal == Journal(
        "Nature", "Nature.", "Nature", "0028-0836", "Print", "0028-0836", "0410462", "England"
    )


def test_a_structured_abstract_keeps_its_labels() -> None:
    found = record_of(
        article='<Abstract><AbstractText Label="AIM" NlmCategory="OBJECTIVE">To see.</AbstractText>'
        '<AbstractText Label="">Nobody named this.</AbstractText><AbstractText>Nor this.</AbstractText>'
        '<AbstractText Label="RESULTS"/>'
        "<CopyrightInformation>© Nobody</CopyrightInformation></Abstract>"
    )
    assert found.abstract == Abstract(
        (
            AbstractSection("To see.", "AIM", "OBJECTIVE"),
            AbstractSection("Nobody named this."),
            AbstractSection("Nor this."),
            AbstractSection("", "RESULTS"),
        ),
        "© Nobody",
    )


def test_other_abstracts_tell_their_kind_and_language() -> None:
    other = '<OtherAbstract Type="{}"{}><AbstractText>Words.</AbstractText></OtherAbstract>'
    found = record_of(
        citation=other.format("Publisher", ' Language="fre"') + other.format("plain-language-summary", "")
    )
    words = (AbstractSection("Words."),)
    assert found.other_abstracts == (
        Abstract(words, kind="Publisher", language="fre"),
        Abstract(words, kind="plain-language-summary", language="eng"),
    )
    assert found.abstract == Abstract()


def test_a_translated_title_keeps_its_brackets_and_its_original() -> None:
    found = record_of(title="[A long title].", article="<VernacularTitle>Ein langer Titel.</VernacularTitle>")
    assert (found.title, found.vernacular_title) == ("[A long title].", "Ein langer Titel.")


def test_languages_come_in_their_order() -> None:
    assert record_of(article="<Language>eng</Language><Language>spa</Language>").languages == ("eng", "spa")


def test_a_persons_name() -> None:
    (found,) = authors_of(
        '<Author ValidYN="Y" EqualContrib="Y"><LastName>de la Cruz</LastName><ForeName>Ana M</ForeName>'
        "<Initials>AM</Initials><Suffix>3rd</Suffix>"
        '<Identifier Source="ORCID">https://orcid.org/0000-0002-1825-0097</Identifier>'
        "<AffiliationInfo><Affiliation>One &amp; more, Here.</Affiliation>"
        '<Identifier Source="GRID">grid.1</Identifier></AffiliationInfo>'
        "<AffiliationInfo><Affiliation>Two, There.</Affiliation></AffiliationInfo></Author>"
    )
    assert found == Person(
        "de la Cruz",
        "Ana M",
        "AM",
        "3rd",
        equal_contribution="Y",
        identifiers=(Identifier("ORCID", "https://orcid.org/0000-0002-1825-0097"),),
        affiliations=(Affiliation("One & more, Here.", (Identifier("GRID", "grid.1"),)), Affiliation("Two, There.")),
    )


def test_a_group_is_an_author_and_its_members_are_found() -> None:
    found = record_of(
        article='<AuthorList><Author><LastName>Solo</LastName></Author><Author><CollectiveName Investigators="g1">'
        "The <i>Trial</i> Group</CollectiveName></Author></AuthorList>",
        citation='<InvestigatorList ID="g1"><Investigator ValidYN="Y"><LastName>Member</LastName><Initials>M</Initials>'
        "<AffiliationInfo><Affiliation>There</Affiliation></AffiliationInfo></Investigator></InvestigatorList>",
    )
    assert found.authors[1] == Person(collective_name="The Trial Group", investigators="g1")
    member = Person("Member", initials="M", affiliations=(Affiliation("There"),))
    assert found.investigator_lists == (PersonList((member,), id="g1"),)


def test_an_earlier_spelling_is_kept_and_not_cited() -> None:
    found = record_of(
        article='<AuthorList CompleteYN="N"><Author ValidYN="N"><LastName>Mis-spelt</LastName></Author>'
        '<Author ValidYN="Y"><LastName>Spelt</LastName></Author></AuthorList>'
    )
    assert [person.last_name for person in found.authors] == ["Spelt"]
    assert [person.valid for person in found.author_lists[0].people] == [False, True]
    assert not found.authors_complete


def test_names_of_early_files() -> None:
    assert authors_of("<Author><LastName>A</LastName><FirstName>B</FirstName><MiddleName>C</MiddleName></Author>") == (
        Person("A", "B C"),
    )
    assert authors_of("<Author><LastName>A</LastName><Affiliation>Here</Affiliation></Author>") == (
        Person("A", affiliations=(Affiliation("Here"),)),
    )


def test_the_one_affiliation_of_early_files_is_the_first_authors() -> None:
    people = "<AuthorList><Author><LastName>A</LastName></Author><Author><LastName>B</LastName></Author></AuthorList>"
    found = record_of(article=f"<Affiliation>Here, <i>There</i></Affiliation>{people}")
    assert [person.affiliations for person in found.authors] == [(Affiliation("Here, There"),), ()]
    assert found.unrecognised == ()
    assert record_of(article="<Affiliation>Nobody's</Affiliation>").unrecognised[0].text == "Nobody's"


def test_people_written_about() -> None:
    subject = "<PersonalNameSubject><LastName>Darwin</LastName><ForeName>Charles</ForeName></PersonalNameSubject>"
    found = record_of(citation=f"<PersonalNameSubjectList>{subject}</PersonalNameSubjectList>")
    assert found.name_subjects == (Person("Darwin", "Charles"),)


def test_mesh_headings_with_all_their_attributes() -> None:
    found = record_of(
        citation="<MeshHeadingList>"
        '<MeshHeading><DescriptorName UI="D001943" MajorTopicYN="N">Breast Neoplasms</DescriptorName>'
        '<QualifierName UI="Q000473" MajorTopicYN="Y">pathology</QualifierName>'
        '<QualifierName UI="Q000556" MajorTopicYN="N" AutoHM="Y">secondary</QualifierName></MeshHeading>'
        '<MeshHeading><DescriptorName UI="D005060" MajorTopicYN="N" Type="Geographic">Europe</DescriptorName>'
        '</MeshHeading><MeshHeading><DescriptorName AutoHM="Y" MajorTopicYN="Y" UI="D1">By machine</DescriptorName>'
        "</MeshHeading><MeshHeading><DescriptorName>Of 2006</DescriptorName></MeshHeading></MeshHeadingList>"
    )
    assert found.mesh == (
        MeshHeading(
            Descriptor("Breast Neoplasms", "D001943"),
            (Qualifier("pathology", "Q000473", True), Qualifier("secondary", "Q000556", automatic="Y")),
        ),
        MeshHeading(Descriptor("Europe", "D005060", kind="Geographic")),
        MeshHeading(Descriptor("By machine", "D1", True, automatic="Y")),
        MeshHeading(Descriptor("Of 2006")),
    )
    assert [heading.major for heading in found.mesh] == [True, False, True, False]


def test_supplementary_concepts_and_substances() -> None:
    found = record_of(
        article='<PublicationTypeList><PublicationType UI="D016428">Journal Article</PublicationType>'
        "</PublicationTypeList>",
        citation="<ChemicalList><Chemical><RegistryNumber>EC 3.4.21.5</RegistryNumber>"
        '<NameOfSubstance UI="D013917">Thrombin</NameOfSubstance></Chemical>'
        "<Chemical><RegistryNumber>0</RegistryNumber><NameOfSubstance>Old one</NameOfSubstance></Chemical>"
        "</ChemicalList>"
        '<SupplMeshList><SupplMeshName Type="Disease" UI="C5">A disease</SupplMeshName></SupplMeshList>',
    )
    assert found.substances == (Substance("Thrombin", "D013917", "EC 3.4.21.5"), Substance("Old one", "", "0"))
    assert found.supplementary_concepts == (Term("A disease", "C5", "Disease"),)
    assert found.publication_types == (Term("Journal Article", "D016428"),)


def test_keywords_belong_to_who_assigned_them() -> None:
    found = record_of(
        citation='<KeywordList Owner="NOTNLM"><Keyword MajorTopicYN="Y">one</Keyword><Keyword>\n two </Keyword>'
        "<Keyword/></KeywordList><KeywordList><Keyword>three</Keyword></KeywordList>"
    )
    assert found.keyword_lists == (
        KeywordList((Keyword("one", True), Keyword("two")), "NOTNLM"),
        KeywordList((Keyword("three"),)),
    )


def test_grants_and_data_banks_with_parts_missing() -> None:
    found = record_of(
        article='<DataBankList CompleteYN="N"><DataBank><DataBankName>GENBANK</DataBankName><AccessionNumberList>'
        "<AccessionNumber>U1</AccessionNumber><AccessionNumber>U2</AccessionNumber></AccessionNumberList></DataBank>"
        "<DataBank><DataBankName>PDB</DataBankName></DataBank></DataBankList>"
        '<GrantList CompleteYN="N"><Grant><GrantID>R01 CA116235</GrantID><Acronym>CA</Acronym>'
        "<Agency>NCI NIH HHS</Agency><Country>United States</Country></Grant><Grant><Agency>A fund</Agency></Grant>"
        "</GrantList>"
    )
    assert found.data_banks == (DataBank("GENBANK", ("U1", "U2")), DataBank("PDB"))
    assert found.grants == (Grant("R01 CA116235", "CA", "NCI NIH HHS", "United States"), Grant(agency="A fund"))
    assert not found.grants_complete
    assert not found.data_banks_complete
    assert record_of(article="<GrantList><Grant/></GrantList>").grants_complete


RELATIONS = (
    "AssociatedDataset", "AssociatedPublication", "CommentIn", "CommentOn", "CorrectedandRepublishedIn",
    "CorrectedandRepublishedFrom", "ErratumIn", "ErratumFor", "ExpressionOfConcernIn", "ExpressionOfConcernFor",
    "RepublishedIn", "RepublishedFrom", "RetractedandRepublishedIn", "RetractedandRepublishedFrom", "RetractionIn",
    "RetractionOf", "UpdateIn", "UpdateOf", "SummaryForPatientsIn", "OriginalReportIn", "ReprintIn", "ReprintOf",
    "Cites",
)  # fmt: skip


@pytest.mark.parametrize("kind", RELATIONS)
def test_relations_of_every_kind(kind: str) -> None:
    inside = '<RefSource>J. 2001;1:2</RefSource><PMID Version="3">12</PMID><Note>a note</Note>'
    new = f'<CommentsCorrections RefType="{kind}">{inside}</CommentsCorrections>'
    old = f"<CommentsCorrections><{kind}>{inside}</{kind}></CommentsCorrections>"
    for citation in (f"<CommentsCorrectionsList>{new}</CommentsCorrectionsList>", old):
        found = record_of(citation=citation)
        assert found.relations == (Relation(kind, "J. 2001;1:2", 12, "3", "a note"),)
        assert found.unrecognised == ()


def test_a_relation_to_no_record() -> None:
    form = '<CommentsCorrections RefType="ErratumIn"><RefSource>J</RefSource>{}</CommentsCorrections>'
    form = f"<CommentsCorrectionsList>{form}</CommentsCorrectionsList>"
    assert record_of(citation=form.format("")).relations == (Relation("ErratumIn", "J"),)
    nobody = record_of(citation=form.format("<PMID>none</PMID>"))
    assert nobody.unrecognised == (Node("CommentsCorrections/PMID", (), "none"),)


IDS = (
    '<ArticleIdList><ArticleId IdType="pubmed">7</ArticleId><ArticleId IdType="doi">10.1000/own</ArticleId>'
    '<ArticleId IdType="pmc">PMC77</ArticleId><ArticleId>8</ArticleId></ArticleIdList>'
)
CITED = (
    '<ArticleIdList><ArticleId IdType="pubmed">99</ArticleId><ArticleId IdType="doi">10.1000/cited</ArticleId>'
    '<ArticleId IdType="pmc">PMC99</ArticleId><ArticleId IdType="pii">x</ArticleId></ArticleIdList>'
)


@pytest.mark.parametrize("cited_first", [True, False])
def test_the_ids_of_a_cited_article_are_not_the_records_own(cited_first: bool) -> None:
    cited = f"<ReferenceList><Reference><Citation>C.</Citation>{CITED}</Reference></ReferenceList>"
    found = record_of(data=cited + IDS if cited_first else IDS + cited)
    assert (found.doi, found.pmcid, found.id("pubmed")) == ("10.1000/own", "PMC77", "7")
    assert found.ids[-1] == Identifier("pubmed", "8")
    ids = tuple(
        Identifier(*pair) for pair in (("pubmed", "99"), ("doi", "10.1000/cited"), ("pmc", "PMC99"), ("pii", "x"))
    )
    assert found.reference_lists == (ReferenceList((Reference("C.", ids),)),)


def test_without_ids_of_its_own_a_record_has_none() -> None:
    found = record_of(data=f"<ReferenceList><Reference><Citation>C.</Citation>{CITED}</Reference></ReferenceList>")
    assert (found.ids, found.doi, found.pmcid) == ((), "", "")


def test_reference_lists_nest_and_follow_each_other() -> None:
    reference = "<Reference><Citation>{}</Citation></Reference>"
    inner = f"<ReferenceList><Title>Further</Title>{reference.format('c')}</ReferenceList>"
    found = record_of(
        data=f"<ReferenceList><Title>First</Title>{reference.format('a')}{reference.format('b')}{inner}</ReferenceList>"
        f"<ReferenceList>{reference.format('d')}</ReferenceList>"
    )
    assert found.reference_lists == (
        ReferenceList((Reference("a"), Reference("b")), "First", (ReferenceList((Reference("c"),), "Further"),)),
        ReferenceList((Reference("d"),)),
    )


def test_online_places_and_their_validity() -> None:
    found = record_of(
        article='<ELocationID EIdType="pii" ValidYN="Y">S1</ELocationID>'
        '<ELocationID EIdType="doi" ValidYN="N">10.1/wrong</ELocationID>'
        '<ELocationID EIdType="doi">10.1/Right</ELocationID>'
    )
    assert found.elocations == (
        ELocation("pii", "S1"),
        ELocation("doi", "10.1/wrong", False),
        ELocation("doi", "10.1/Right"),
    )
    assert found.doi == "10.1/Right"


def test_history_and_status() -> None:
    found = record_of(
        data='<History><PubMedPubDate PubStatus="received"><Year>2007</Year><Month>1</Month><Day>9</Day>'
        "</PubMedPubDate>"
        '<PubMedPubDate PubStatus="entrez"><Year>2007</Year><Month>10</Month><Day>5</Day><Hour>9</Hour>'
        "<Minute>0</Minute><Second>7</Second></PubMedPubDate></History><PublicationStatus>ppublish</PublicationStatus>"
    )
    assert found.history == (
        HistoryDate("received", PartialDate("2007", "1", "9")),
        HistoryDate("entrez", PartialDate("2007", "10", "5", hour="9", minute="0", second="7")),
    )
    assert found.publication_status == "ppublish"


def test_the_small_things_of_a_citation() -> None:
    found = record_of(
        citation="<CitationSubset>IM</CitationSubset><CitationSubset>S</CitationSubset>"
        "<GeneSymbolList><GeneSymbol>nirX</GeneSymbol></GeneSymbolList><NumberOfReferences>43</NumberOfReferences>"
        '<OtherID Source="NLM">PMC1</OtherID><OtherID Source="NASA">9</OtherID><CoiStatement>None.</CoiStatement>'
        '<SpaceFlightMission>Flight 1</SpaceFlightMission><GeneralNote Owner="KIE">21 fn.</GeneralNote>'
        "<GeneralNote>plain</GeneralNote>",
        data='<ObjectList><Object Type="Erratum"><Param Name="type">x</Param><Param Name="id">9</Param></Object>'
        "</ObjectList>",
    )
    assert found.citation_subsets == ("IM", "S")
    assert found.gene_symbols == ("nirX",)
    assert found.number_of_references == "43"
    assert found.other_ids == (Identifier("NLM", "PMC1"), Identifier("NASA", "9"))
    assert found.conflict_of_interest == "None."
    assert found.space_flight_missions == ("Flight 1",)
    assert found.notes == (Note("21 fn.", "KIE"), Note("plain"))
    assert found.objects == (DataObject("Erratum", (("type", "x"), ("id", "9"))),)
    assert found.unrecognised == ()


def test_a_chapter_of_a_book() -> None:
    found = book_of(
        document='<LocationLabel Type="chapter">7</LocationLabel><ArticleTitle book="b" part="p">Chapter</ArticleTitle>'
        "<VernacularTitle>Kapitel</VernacularTitle><Pagination><MedlinePgn>1-9</MedlinePgn></Pagination>"
        '<Language>eng</Language><AuthorList Type="authors"><Author><LastName>A</LastName></Author></AuthorList>'
        '<AuthorList Type="editors" CompleteYN="Y"><Author><LastName>E</LastName></Author></AuthorList>'
        "<InvestigatorList><Investigator><LastName>I</LastName></Investigator></InvestigatorList>"
        '<PublicationType UI="D016454">Review</PublicationType><Abstract><AbstractText>Text.</AbstractText></Abstract>'
        '<Sections><Section><LocationLabel Type="section">1</LocationLabel>'
        '<SectionTitle book="b" sec="s1">One</SectionTitle>'
        "<Section><SectionTitle>Inner</SectionTitle></Section></Section></Sections>"
        "<KeywordList><Keyword>k</Keyword></KeywordList>"
        "<ContributionDate><Year>2001</Year><Month>03</Month></ContributionDate><DateRevised><Year>2010</Year></DateRevised>"
        '<GrantList CompleteYN="N"><Grant><Agency>F</Agency></Grant></GrantList>'
        '<ItemList ListType="Synonyms"><Item>one</Item><Item>two</Item></ItemList>'
        "<ReferenceList><Reference><Citation>C</Citation></Reference></ReferenceList>",
        book="<BeginningDate><Year>1993</Year></BeginningDate><EndingDate><Year>2020</Year></EndingDate>"
        '<AuthorList Type="editors"><Author><LastName>Whole</LastName></Author></AuthorList>'
        "<InvestigatorList><Investigator><LastName>J</LastName></Investigator></InvestigatorList>"
        "<Volume>1</Volume><VolumeTitle>First</VolumeTitle><Edition>2nd</Edition>"
        '<CollectionTitle book="c">Collected</CollectionTitle><Isbn>123</Isbn><Isbn>456</Isbn>'
        '<ELocationID EIdType="doi">10.1/book</ELocationID><Medium>Internet</Medium><ReportNumber>R9</ReportNumber>',
        data='<PublicationStatus>ppublish</PublicationStatus><History><PubMedPubDate PubStatus="pubmed">'
        "<Year>2010</Year><Month>3</Month><Day>20</Day></PubMedPubDate></History>"
        '<ArticleIdList><ArticleId IdType="pubmed">7</ArticleId>'
        '<ArticleId IdType="bookaccession">NBK7</ArticleId></ArticleIdList>',
    )
    assert (found.pmid, found.title, found.vernacular_title) == (7, "Chapter", "Kapitel")
    assert (found.title_link, found.pagination, found.languages) == (BookLink("b", "p"), Pagination("1-9"), ("eng",))
    assert [person.last_name for person in found.authors] == ["A"]
    assert [people.kind for people in found.author_lists] == ["authors", "editors"]
    assert found.investigator_lists == (PersonList((Person("I"),)),)
    assert (found.publication_types, found.abstract.sections) == (
        (Term("Review", "D016454"),),
        (AbstractSection("Text."),),
    )
    assert (found.keyword_lists, found.revised) == ((KeywordList((Keyword("k"),)),), PartialDate("2010"))
    assert (found.grants, found.grants_complete) == ((Grant(agency="F"),), False)
    assert found.reference_lists == (ReferenceList((Reference("C"),)),)
    assert found.ids == (Identifier("bookaccession", "NBK7"), Identifier("pubmed", "7"))
    assert found.history == (HistoryDate("pubmed", PartialDate("2010", "3", "20")),)
    assert (found.publication_status, found.doi) == ("ppublish", "10.1/book")
    book = found.book
    assert book is not None
    assert (book.title, book.link, book.publisher, book.publisher_location) == (
        "The book",
        BookLink("b"),
        "A small press",
        "Here",
    )
    assert (book.date, book.beginning, book.ending) == (PartialDate("1993"), PartialDate("1993"), PartialDate("2020"))
    assert book.authors == (PersonList((Person("Whole"),), kind="editors"),)
    assert book.investigators == PersonList((Person("J"),))
    assert (book.volume, book.volume_title, book.edition) == ("1", "First", "2nd")
    assert (book.collection, book.collection_link, book.isbns) == ("Collected", BookLink("c"), ("123", "456"))
    assert (book.elocations, book.medium, book.report_number) == ((ELocation("doi", "10.1/book"),), "Internet", "R9")
    assert book.locations == (("chapter", "7"),)
    assert book.sections == (Section("One", BookLink("b", "", "s1"), "1", "section", (Section("Inner"),)),)
    assert book.contributed == PartialDate("2001", "03")
    assert book.items == (ItemList("Synonyms", ("one", "two")),)
    assert found.unrecognised == ()


NEW = '<New a="1" b="2">before<Inner>inside</Inner>after</New>'
LISTS = {
    "article": ("AuthorList", "GrantList", "DataBankList", "PublicationTypeList", "Abstract", "Pagination"),
    "citation": (
        "MeshHeadingList", "ChemicalList", "SupplMeshList", "CommentsCorrectionsList", "KeywordList", "GeneSymbolList",
        "PersonalNameSubjectList", "InvestigatorList", "MedlineJournalInfo", "DateRevised", "OtherAbstract",
    ),
    "data": ("History", "ArticleIdList", "ObjectList", "ReferenceList"),
}  # fmt: skip
ITEMS = {
    "article": (
        "AuthorList/Author", "AuthorList/Author/AffiliationInfo", "GrantList/Grant", "DataBankList/DataBank",
        "DataBankList/DataBank/AccessionNumberList", "ArticleDate",
    ),
    "citation": (
        "MeshHeadingList/MeshHeading", "ChemicalList/Chemical", "CommentsCorrectionsList/CommentsCorrections",
        "InvestigatorList/Investigator",
    ),
    "data": (
        "History/PubMedPubDate", "ObjectList/Object", "ReferenceList/Reference",
        "ReferenceList/Reference/ArticleIdList", "ReferenceList/ReferenceList",
    ),
}  # fmt: skip


@pytest.mark.parametrize(
    ("place", "path"),
    [(place, path) for table in (LISTS, ITEMS) for place, paths in table.items() for path in ("", *paths)],
)
def test_an_element_that_is_new_is_kept_whole(place: str, path: str) -> None:
    xml = NEW
    for tag in reversed([part for part in path.split("/") if part]):
        xml = f"<{tag}>{xml}</{tag}>"
    found = record_of(**{place: xml})
    parent = (
        path.rpartition("/")[2] or {"article": "Article", "citation": "MedlineCitation", "data": "PubmedData"}[place]
    )
    new = Node(f"{parent}/New", (("a", "1"), ("b", "2")), "before after", (Node("Inner", (), "inside"),))
    assert found.unrecognised == (new,)


@pytest.mark.parametrize("place", ["document", "book", "data"])
def test_an_element_that_is_new_in_a_book_is_kept_whole(place: str) -> None:
    found = book_of(**{place: NEW})
    assert [node.name.rpartition("/")[2] for node in found.unrecognised] == ["New"]
    inside = {"document": "Sections", "book": "AuthorList", "data": "History"}[place]
    assert [node.name for node in book_of(**{place: f"<{inside}>{NEW}</{inside}>"}).unrecognised] == [f"{inside}/New"]
