"""References in NLM's style against those that PubMed itself has written.

Of the references in the recorded files none has its record beside it, so each is taken apart and made again from its
parts; the field SO of MEDLINE files is compared where the record is there as XML.
"""

from __future__ import annotations

import gzip
import re
import unicodedata

from tests.export.export_samples import real
from tests.recorded import DATA, needs_data
from tui.export.citation import citation
from tui.export.notices import changes
from tui.model.dates import PartialDate
from tui.model.languages import LANGUAGES, spoken
from tui.model.record import (
    ArticleDate,
    Book,
    Identifier,
    Issue,
    Journal,
    Pagination,
    Person,
    PersonList,
    Record,
    Relation,
)

_NAMED = {name: code for code, name in LANGUAGES.items()}
_SUMMARY = re.compile(
    r"(?:(?P<authors>[^.]+(?:\.[^ ][^.]*)*)\. )?(?P<title>.+[.?!]) (?P<journal>[^.?!]+)\. (?P<date>\d{4}[^;:.]*)"
    r"(?:;(?P<volume>[^:(.]*)(?:\((?P<issue>[^)]*)\))?)?(?::(?P<pages>.+?))?\."
    r"(?: (?P<languages>[A-Z][a-z]+(?:, [A-Z][a-z]+)*)\.)?(?: doi: (?P<doi>\S+)\.)?(?: Epub (?P<epub>[^.]+)\.)?"
    r"(?: Erratum in: (?P<erratum>.+?)\.)? PMID: (?P<pmid>\d+)(?:; PMCID: (?P<pmcid>PMC\d+))?\."
)
_BOOK_SUMMARY = re.compile(
    r"(?P<authors>[^.]+)\. (?P<title>.+?)(?P<medium> \[Internet\])?\. (?P<place>[^.:]+): (?P<publisher>[^;]+); "
    r"(?P<date>[^.]+)\.(?: Report No\.: (?P<report>[^.]+)\.)? PMID: (?P<pmid>\d+)\."
)
_PERSON = re.compile(r"(?P<last>.+?) (?P<initials>[^\W\d_]{1,6})(?: (?P<suffix>Jr|Sr|\d(?:nd|rd|th)))?")


def _listed(names: str) -> tuple[PersonList, ...]:
    """Persons are those whose last word is in capitals; what follows a group after a comma is of its name."""
    people: list[Person] = []
    for separator, name in re.findall(r"(^|; |, )((?:(?!; |, ).)+)", names):
        found = _PERSON.fullmatch(name)
        if found and found["initials"].isupper() and separator != "; ":
            people.append(Person(found["last"], "", found["initials"], found["suffix"] or ""))
        elif separator == ", " and people[-1].collective_name:
            people[-1] = Person(collective_name=f"{people[-1].collective_name}, {name}")
        else:
            people.append(Person(collective_name=name))
    return (PersonList(tuple(people)),)


def _article_of(found: dict[str, str]) -> Record:
    epub, languages = found["epub"], found["languages"].split(", ") if found["languages"] else ["English"]
    return Record(
        int(found["pmid"]),
        title=found["title"],
        journal=Journal(medline_ta=found["journal"]),
        issue=Issue(found["volume"], found["issue"], PartialDate(medline_date=found["date"])),
        pagination=Pagination(found["pages"]),
        author_lists=_listed(found["authors"]),
        languages=tuple(_NAMED[language] for language in languages),
        publication_status="aheadofprint" if epub == "ahead of print" else "",
        publication_model="Print-Electronic" if epub else "",
        article_dates=(ArticleDate(PartialDate(medline_date=epub)),) if epub else (),
        relations=(Relation("ErratumIn", found["erratum"]),) if found["erratum"] else (),
        ids=tuple(Identifier(kind, found[name]) for kind, name in (("doi", "doi"), ("pmc", "pmcid")) if found[name]),
    )


def _book_of(found: dict[str, str]) -> Record:
    return Record(
        int(found["pmid"]),
        author_lists=_listed(found["authors"]),
        book=Book(
            found["title"],
            publisher=found["publisher"],
            publisher_location=found["place"],
            date=PartialDate(medline_date=found["date"]),
            medium=found["medium"].strip(" []"),
            report_number=found["report"],
        ),
    )


@needs_data
def test_pubmeds_own_references_are_made_again_from_their_parts() -> None:
    file = DATA / "export_pairs" / "pubmed_summary_text_2020-09-01_578.txt.gz"
    blocks = re.split(r"\n\n(?=\d+: )", gzip.decompress(file.read_bytes()).decode().replace("\r", ""))
    assert len(blocks) == 578
    for block in blocks:
        line = re.sub(r"(doi: \S+-) (?=\S+\.)", r"\1", " ".join(block.split()[1:]))  # a DOI parted at the end of a line
        book = _BOOK_SUMMARY.fullmatch(line)
        found = book or _SUMMARY.fullmatch(line)
        assert found, line
        parts = {name: value or "" for name, value in found.groupdict().items()}
        assert citation(_book_of(parts) if book else _article_of(parts), "nlm").plain() == line


ELSEWHERE = {
    27033296: "its identifier is bcr-2016-214757 there, bcr2016214757 here",
    25410035: "its identifier is bcr-2014-206944 there, bcr2014206944 here",
    22693325: "its identifier is bcr.02.2012.5918 there, bcr0220125918 here",
}
"""Records that PubMed has changed between the MEDLINE file and the XML file."""


def _medline() -> dict[int, dict[str, list[str]]]:
    """The fields of PubMed's own MEDLINE files, by PMID."""
    found: dict[int, dict[str, list[str]]] = {}
    for file in sorted((DATA / "export_pairs" / "nbib").iterdir()):
        data = gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes()
        for block in re.split(r"\n\n", data.decode().replace("\r", "")):
            fields: dict[str, list[str]] = {}
            for tag, value in re.findall(r"^([A-Z]+) *- (.*)$", re.sub(r"\n {6}", " ", block), re.MULTILINE):
                fields.setdefault(tag, []).append(value)
            if "PMID" in fields:
                found.setdefault(int(fields["PMID"][0]), fields)
    return found


def _folded(text: str) -> str:
    """Without accents, which PubMed has added to old records since."""
    text = text.translate({ord(letter): plain for letter, plain in zip("øØłŁı", "oOlLi", strict=True)}).replace(
        "ß", "ss"
    )
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()


@needs_data
def test_the_source_is_pubmeds_own() -> None:
    """SO has besides what a reference leaves out, and lacks what stands after the pages or at the end there."""
    medline = _medline()
    compared = 0
    for record in real():
        fields = medline.get(record.pmid)
        if fields is None or record.pmid in ELSEWHERE:
            continue
        compared += 1
        source = re.sub(r" +", " ", fields["SO"][0])
        source = re.sub(r" (?:eCollection|Print) \d{4}[^.]*\.", "", source)
        source = re.sub(r"\. pii: (\S+)\.(?= doi)", r":\1.", source)  # so PubMed writes it since 2020
        ours = citation(record, "nlm").plain()
        ours = re.sub(r" PMID: \d+(?:; PMCID: \S+)?\.$", "", ours).removesuffix(" Epub ahead of print.")
        for change in changes(record):
            ours = ours.replace(f" {change}.", "")
        if spoken(record.languages):
            ours = ours.replace(f" {', '.join(spoken(record.languages))}.", "", 1)
        assert ours.endswith(f" {source}"), (record.pmid, source, ours)
        if "CN" not in fields and "AU" in fields and record.authors_complete:
            assert _folded(ours).startswith(_folded(", ".join(fields["AU"]) + ". ")), record.pmid
    assert compared > 290
