"""Synthetic records: valid PubMed XML whose words, names, headings, journals and sizes are spread as in real files."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from functools import cache
from random import Random

from made_mesh import CHECKED, headings, qualifiers
from made_words import Zipf, plain_words, words

_INSTITUTIONS = 20_000
_CITATIONS = 30_000
_COUNTRIES = ("United States", "England", "Germany", "Netherlands", "Japan", "China", "Switzerland", "France", "Italy")
_AGENCIES = (("CA", "NCI NIH HHS"), ("HL", "NHLBI NIH HHS"), ("AI", "NIAID NIH HHS"), ("GM", "NIGMS NIH HHS"))
_TYPES = (
    ("D016428", "Journal Article", 1.0), ("D016454", "Review", 0.12),
    ("D013485", "Research Support, Non-U.S. Gov't", 0.3),
    ("D003160", "Comparative Study", 0.08), ("D016449", "Randomized Controlled Trial", 0.03),
    ("D002363", "Case Reports", 0.08), ("D016422", "Letter", 0.03),
)  # fmt: skip
_LANGUAGES = ("eng", "ger", "fre", "rus", "jpn", "chi", "spa", "ita")
_SECTIONS = ("BACKGROUND", "METHODS", "RESULTS", "CONCLUSIONS")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@cache
def _journals() -> Zipf:
    """What stands in Journal but the issue, and in MedlineJournalInfo."""
    chance = Random("journals")
    made = []
    for number in range(6000):
        title = chance.choices(plain_words(), k=chance.choice((2, 3, 4)))
        short = " ".join(word[:5].title() for word in title)
        issn = f"{1000 + number // 10:04}-{number % 10}{chance.randrange(100):02}{chance.choice('0123456789X')}"
        made.append(
            f'          <ISSN IssnType="{chance.choice(("Print", "Electronic"))}">{issn}</ISSN>\n'
            "ISSUE"
            f"          <Title>The {' '.join(title)} journal</Title>\n"
            f"          <ISOAbbreviation>{short} J</ISOAbbreviation>\n        </Journal>\nINFO"
            f"      <MedlineJournalInfo>\n        <Country>{chance.choice(_COUNTRIES)}</Country>\n"
            f"        <MedlineTA>{short} J</MedlineTA>\n        <NlmUniqueID>{9_000_000 + number}</NlmUniqueID>\n"
            f"        <ISSNLinking>{issn}</ISSNLinking>\n      </MedlineJournalInfo>\n"
        )
    return Zipf(made, 20)


@cache
def _authors() -> Zipf:
    """From LastName to Initials."""
    chance = Random("authors")
    last_names = Zipf([word.capitalize() for word in plain_words()[:30_000]], 30)
    first_names = Zipf([word.capitalize() for word in plain_words()[30_000:33_000]], 10)
    made = []
    for number in range(200_000):
        last, first, middle = last_names.one(chance), first_names.one(chance), chance.choice("ABCDEFGHJKLMRST")
        if number % 15 == 0:
            last = last.replace("o", "ö").replace("e", "é")
        fore, initials = (f"{first} {middle}", first[0] + middle) if chance.random() < 0.5 else (first, first[0])
        made.append(
            f"            <LastName>{last}</LastName>\n            <ForeName>{fore}</ForeName>\n"
            f"            <Initials>{initials}</Initials>\n"
        )
    return Zipf(made, 300)


@cache
def _institutions() -> Zipf:
    chance = Random("institutions")
    made = []
    for _ in range(_INSTITUTIONS):
        names = [word.capitalize() for word in chance.choices(plain_words(), k=4)]
        made.append(
            f"            <AffiliationInfo>\n              <Affiliation>Department of {names[0]} {names[1]}, "
            f"University of {names[2]}, {names[3]} {chance.randrange(10_000, 99_999)}, {chance.choice(_COUNTRIES)}."
            "</Affiliation>\n            </AffiliationInfo>\n"
        )
    return Zipf(made, 100)


@cache
def _citations() -> Sequence[str]:
    """References, each whole."""
    chance = Random("citations")
    made = []
    for number in range(_CITATIONS):
        title = " ".join(words().some(chance, 11)).capitalize()
        year = chance.randrange(1970, 2025)
        made.append(
            f"        <Reference>\n          <Citation>{chance.choice(plain_words()).capitalize()} A, et al. {title}. "
            f"{chance.choice(plain_words()).capitalize()} J. {year};{chance.randrange(90)}:{chance.randrange(900)}."
            "</Citation>\n          <ArticleIdList>\n"
            f'            <ArticleId IdType="pubmed">{number * 37 + 1000}</ArticleId>\n          </ArticleIdList>\n'
            "        </Reference>\n"
        )
    return made


@cache
def _mesh() -> Zipf:
    return Zipf([f'UI="{heading.ui}" MajorTopicYN="{{}}">{heading.name}<' for heading in headings()[10:]], 15)


def _date(chance: Random, indent: str, tag: str, year: int, *, attributes: str = "", time: bool = False) -> str:
    lines = [f"<{tag}{attributes}>", f"  <Year>{year}</Year>", f"  <Month>{chance.randrange(1, 13):02}</Month>"]
    lines.append(f"  <Day>{chance.randrange(1, 29):02}</Day>")
    if time:
        lines += [f"  <Hour>{chance.randrange(24)}</Hour>", "  <Minute>0</Minute>"]
    return "".join(f"{indent}{line}\n" for line in (*lines, f"</{tag}>"))


def _sentences(chance: Random, count: int, topic: Sequence[str]) -> str:
    """Words, every ninth about the topic, some of them figures and a code, with full stops and capitals."""
    made = words().some(chance, count)
    for place in range(chance.randrange(9), count, 9):
        made[place] = topic[place % len(topic)]
    for place in range(chance.randrange(30), count, 27):
        made[place] = f"{chance.random() * 100:.1f}%"
    made[chance.randrange(count)] = f"{topic[0][:3].upper()}{chance.randrange(10**6)}"  # a gene, a strain, a trial
    for place in range(21, count - 1, 22):
        made[place] += "."
        made[place + 1] = made[place + 1].capitalize()
    made[0] = made[0].capitalize()
    return " ".join(made) + "."


def year_of(share: float) -> int:
    """When the record was published that stands at this share (0 to 1) of all; half of them in the last 19 years."""
    return 1966 + int(59.99 * math.sqrt(share))


def record(chance: Random, pmid: int, year: int, lean: bool) -> str:
    """A PubmedArticle, indented as NLM's are."""
    recent = year > 2005
    topic = words().some(chance, 5)
    topic = [word if len(word) > 4 and word.isalpha() else chance.choice(plain_words()) for word in topic]
    parts = [
        '  <PubmedArticle>\n    <MedlineCitation Status="MEDLINE" Owner="NLM">\n',
        f'      <PMID Version="1">{pmid}</PMID>\n',
        _date(chance, "      ", "DateCompleted", year),
        _date(chance, "      ", "DateRevised", min(2025, year + chance.randrange(6))),
        '      <Article PubModel="Print-Electronic">\n        <Journal>\n',
    ]
    journal, info = _journals().one(chance).split("INFO")
    month = f"              <Month>{chance.choice(_MONTHS)}</Month>\n" if chance.random() < 0.85 else ""
    issue = (
        f'          <JournalIssue CitedMedium="Print">\n            <Volume>{chance.randrange(1, 300)}</Volume>\n'
        f"            <Issue>{chance.randrange(1, 13)}</Issue>\n"
        f"            <PubDate>\n              <Year>{year}</Year>\n{month}            </PubDate>\n"
        "          </JournalIssue>\n"
    )
    first = chance.randrange(1, 2000)
    doi = f"10.1{first % 900 + 100}/s{pmid}.{year}"
    parts += [
        journal.replace("ISSUE", issue),
        f"        <ArticleTitle>{_sentences(chance, chance.randrange(7, 20), topic)}</ArticleTitle>\n",
        f"        <Pagination>\n          <MedlinePgn>{first}-{first + 9}</MedlinePgn>\n        </Pagination>\n",
    ]
    if recent:
        parts.append(f'        <ELocationID EIdType="doi" ValidYN="Y">{doi}</ELocationID>\n')
    if chance.random() < (0.88 if recent else 0.6):
        parts.append("        <Abstract>\n")
        if recent and chance.random() < 0.4:
            parts += [
                f'          <AbstractText Label="{label}" NlmCategory="{label}">'
                f"{_sentences(chance, chance.randrange(30, 90), topic)}</AbstractText>\n"
                for label in _SECTIONS
            ]
        else:
            parts.append(
                f"          <AbstractText>{_sentences(chance, chance.randrange(90, 290), topic)}</AbstractText>\n"
            )
        parts.append("        </Abstract>\n")
    parts.append('        <AuthorList CompleteYN="Y">\n')
    for author in _authors().some(chance, min(30, 1 + int(chance.expovariate(0.18 if recent else 0.4)))):
        parts += ['          <Author ValidYN="Y">\n', author]
        if recent and not lean:
            if chance.random() < 0.12:
                orcid = f"{chance.randrange(10**4):04}-{chance.randrange(10**4):04}-{chance.randrange(10**4):04}"
                parts.append(f'            <Identifier Source="ORCID">0000-{orcid}</Identifier>\n')
            parts.append(_institutions().one(chance))
        parts.append("          </Author>\n")
    language = "eng" if chance.random() < 0.86 else chance.choice(_LANGUAGES)
    parts.append(f"        </AuthorList>\n        <Language>{language}</Language>\n")
    if chance.random() < 0.12:
        parts.append('        <GrantList CompleteYN="Y">\n')
        for _ in range(chance.choice((1, 1, 2, 3, 4))):
            acronym, agency = chance.choice(_AGENCIES)
            parts.append(
                f"          <Grant>\n            <GrantID>R01 {acronym}{chance.randrange(10**6):06}</GrantID>\n"
                f"            <Acronym>{acronym}</Acronym>\n            <Agency>{agency}</Agency>\n"
                "            <Country>United States</Country>\n          </Grant>\n"
            )
        parts.append("        </GrantList>\n")
    parts.append("        <PublicationTypeList>\n")
    parts += [
        f'          <PublicationType UI="{ui}">{name}</PublicationType>\n'
        for ui, name, share in _TYPES
        if chance.random() < share
    ]
    parts.append("        </PublicationTypeList>\n")
    if recent:
        parts.append(_date(chance, "        ", "ArticleDate", year, attributes=' DateType="Electronic"'))
    parts += ["      </Article>\n", info]
    indexed = chance.random() < 0.85
    if indexed and chance.random() < 0.5:
        parts.append("      <ChemicalList>\n")
        for name in chance.choices(headings()[:4000], k=chance.randrange(1, 5)):
            parts.append(
                "        <Chemical>\n          <RegistryNumber>0</RegistryNumber>\n"
                f'          <NameOfSubstance UI="{name.ui}">{name.name}</NameOfSubstance>\n        </Chemical>\n'
            )
        parts.append("      </ChemicalList>\n")
    parts.append("      <CitationSubset>IM</CitationSubset>\n")
    if indexed:
        parts += ["      <MeshHeadingList>\n", *_headings_of(chance), "      </MeshHeadingList>\n"]
    if recent and chance.random() < 0.6:
        parts.append('      <KeywordList Owner="NOTNLM">\n')
        parts += [f'        <Keyword MajorTopicYN="N">{word}</Keyword>\n' for word in topic]
        parts.append("      </KeywordList>\n")
    parts.append("    </MedlineCitation>\n    <PubmedData>\n      <History>\n")
    for status in (*(("received", "accepted") if recent else ()), "entrez", "pubmed", "medline"):
        about, by_ncbi = f' PubStatus="{status}"', status[0] in "epm"
        parts.append(_date(chance, "        ", "PubMedPubDate", year, attributes=about, time=by_ncbi))
    parts.append(
        "      </History>\n      <PublicationStatus>ppublish</PublicationStatus>\n      <ArticleIdList>\n"
        f'        <ArticleId IdType="pubmed">{pmid}</ArticleId>\n'
    )
    if recent:
        parts.append(f'        <ArticleId IdType="doi">{doi}</ArticleId>\n')
        if pmid % 3 == 0:
            parts.append(f'        <ArticleId IdType="pmc">PMC{pmid // 3}</ArticleId>\n')
    parts.append("      </ArticleIdList>\n")
    if recent and not lean and chance.random() < 0.5:
        references = chance.choices(_citations(), k=chance.randrange(10, 70))
        parts += ["      <ReferenceList>\n", *references, "      </ReferenceList>\n"]
    parts.append("    </PubmedData>\n  </PubmedArticle>\n")
    return "".join(parts)


def _headings_of(chance: Random) -> Iterator[str]:
    names = [
        f'UI="{each.ui}" MajorTopicYN="{{}}">{each.name}<' for each, share in zip(headings(), CHECKED, strict=False)
    ]
    checked = [name for name, share in zip(names, CHECKED, strict=True) if chance.random() < share]
    for name in (*checked, *dict.fromkeys(_mesh().some(chance, chance.randrange(3, 14)))):
        yield f"        <MeshHeading>\n          <DescriptorName {name.format('N')}/DescriptorName>\n"
        if name not in checked and chance.random() < 0.45:
            for ui, qualifier in sorted({chance.choice(qualifiers()) for _ in range(chance.choice((1, 1, 2)))}):
                major = chance.choice("YNN")
                yield f'          <QualifierName UI="{ui}" MajorTopicYN="{major}">{qualifier.replace("&", "&amp;")}'
                yield "</QualifierName>\n"
        yield "        </MeshHeading>\n"
