"""An article in the order of the DTD, by one pattern: what nearly every PubmedArticle is.

The pattern reads the short texts; each list is then read by the pattern of its rows (`plain`), or by the tree where it
departs from that. An article that departs from the order, or between two elements, is left to the tree as a whole. So
nothing is read here that a parser would refuse, and nothing otherwise than the tree reads it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from typing import Any, NamedTuple
from xml.etree.ElementTree import Element

from tui.model.clean import squeeze
from tui.model.dates import PartialDate
from tui.model.record import ArticleDate, Issue, Journal, Node, Pagination, Record
from tui.parse import plain, pubmed
from tui.parse.plain import GAP, Odd, end, leaf, maybe, new, start, text_of
from tui.parse.pubmed import Fields
from tui.parse.stream import NotPubMedXml
from tui.parse.tree import tree_of


def _ymd(tag: str, attributes: str = "") -> str:
    return maybe(start(tag, attributes) + "".join(map(leaf, ("Year", "Month", "Day"))) + end(tag))


def _any(*tags: str) -> str:
    """What there is of each of these texts."""
    return "".join(maybe(leaf(tag)) for tag in tags)


def _whole(*tags: str) -> str:
    """All elements of these tags, one after another, that are the group named as the first."""
    one = "".join(rf"(?:<{tag}[ >][^<]*+(?:<(?!/{tag}>)[^<]*+)*+</{tag}>{GAP})*+" for tag in tags)
    return f"(?P<{tags[0]}>{one})"


_ARTICLE = re.compile(
    "".join(
        (
            start("PubmedArticle"),
            rf'<MedlineCitation((?: \w+="[\w/-]*+")*+)>{GAP}',
            rf'<PMID(?: Version="(\w+)")?>([1-9][0-9]{{0,8}})</PMID>{GAP}',
            _ymd("DateCompleted"),
            _ymd("DateRevised"),
            start("Article", r' PubModel="([\w-]+)"'),
            start("Journal"),
            maybe(leaf("ISSN", r' IssnType="(\w+)"')),
            start("JournalIssue", r' CitedMedium="(\w+)"'),
            _any("Volume", "Issue"),
            start("PubDate"),
            _any("Year", "Month", "Day", "Season", "MedlineDate"),
            end("PubDate"),
            end("JournalIssue"),
            _any("Title", "ISOAbbreviation"),
            end("Journal"),
            _whole("ArticleTitle"),
            maybe(start("Pagination") + _any("StartPage", "EndPage", "MedlinePgn") + end("Pagination")),
            _whole("ELocationID"),
            _whole("Abstract"),
            _whole("AuthorList"),
            _whole("Language"),
            _whole("DataBankList"),
            _whole("GrantList"),
            _whole("PublicationTypeList"),
            _whole("VernacularTitle"),
            _ymd("ArticleDate", r' DateType="(\w+)"'),
            end("Article"),
            maybe(
                start("MedlineJournalInfo")
                + _any("Country", "MedlineTA", "NlmUniqueID", "ISSNLinking")
                + end("MedlineJournalInfo")
            ),
            _whole("ChemicalList"),
            _whole("SupplMeshList"),
            _whole("CitationSubset"),
            _whole("CommentsCorrectionsList", "GeneSymbolList"),
            _whole("MeshHeadingList"),
            _whole("NumberOfReferences", "PersonalNameSubjectList", "OtherID", "OtherAbstract"),
            _whole("KeywordList"),
            _any("CoiStatement"),
            _whole("SpaceFlightMission", "InvestigatorList", "GeneralNote"),
            end("MedlineCitation"),
            start("PubmedData"),
            _whole("History"),
            _any("PublicationStatus"),
            _whole("ArticleIdList"),
            _whole("ObjectList"),
            _whole("ReferenceList"),
            end("PubmedData"),
            "</PubmedArticle>",
        )
    ).encode()
)
_SHORT = tuple(sorted(set(range(1, _ARTICLE.groups + 1)) - set(_ARTICLE.groupindex.values())))
_ATTRIBUTE = re.compile(r'(\w+)="([^"]*+)"')


class _Level(NamedTuple):
    """Article, MedlineCitation or PubmedData."""

    tag: bytes
    walk: Callable[[Element, Fields, list[Node]], None]
    """Reads the children of such an element."""
    lists: dict[str, tuple[str, Callable[[bytes], Any]] | None]
    """The field of each list, and what reads it; None where the tree does."""


_LEVELS = (
    _Level(
        b"Article",
        pubmed.article_parts,
        {
            "ArticleTitle": ("title", plain.title),
            "ELocationID": ("elocations", plain.elocations),
            "Abstract": ("abstract", plain.abstract),
            "AuthorList": ("author_lists", plain.authors),
            "Language": ("languages", plain.languages),
            "DataBankList": None,
            "GrantList": ("grants", plain.grants),
            "PublicationTypeList": ("publication_types", plain.publication_types),
            "VernacularTitle": ("vernacular_title", plain.title),
        },
    ),
    _Level(
        b"MedlineCitation",
        pubmed.citation_parts,
        {
            "ChemicalList": ("substances", plain.substances),
            "SupplMeshList": None,
            "CitationSubset": ("citation_subsets", plain.citation_subsets),
            "CommentsCorrectionsList": None,
            "MeshHeadingList": ("mesh", plain.mesh),
            "NumberOfReferences": None,
            "KeywordList": ("keyword_lists", plain.keywords),
            "SpaceFlightMission": None,
        },
    ),
    _Level(
        b"PubmedData",
        pubmed.data_parts,
        {
            "History": ("history", plain.history),
            "ArticleIdList": ("ids", plain.ids),
            "ObjectList": None,
            "ReferenceList": ("reference_lists", plain.references),
        },
    ),
)


_REFERENCES = ("ReferenceList",)


def scanned(xml: bytes, *, references: bool = True) -> Record | None:
    """The record of a PubmedArticle; None where only the tree can tell.

    For an index its references may be left out, which are half of many a record. `xml` holds no character that
    `tree.suspect` would name.
    """
    article = _ARTICLE.fullmatch(xml)
    if article is None:
        return None
    extra: list[Node] = []
    try:
        fields = _short_texts(article)
        for level in _LEVELS:
            _lists(article, level, fields, extra, () if references else _REFERENCES)
    except (Odd, NotPubMedXml):
        return None
    return pubmed.record_of(fields, extra)


def _lists(
    article: re.Match[bytes], level: _Level, fields: Fields, extra: list[Node], without: Collection[str]
) -> None:
    odd = []
    for group, reading in level.lists.items():
        xml = article[group]
        if not xml or group in without:
            continue
        try:
            if reading is None:
                raise Odd
            name, read = reading
            fields[name] = read(xml)
        except Odd:
            odd.append(xml)
    if odd:
        level.walk(tree_of(b"<%b>%b</%b>" % (level.tag, b"".join(odd), level.tag)), fields, extra)


def _short_texts(article: re.Match[bytes]) -> Fields:
    joined = text_of(b"\0".join([text or b"" for text in article.group(*_SHORT)])).strip(" ")
    texts = joined.split("\0")
    if squeeze(joined) != joined or " \0" in joined or "\0 " in joined:
        texts = [squeeze(text) for text in texts]
    about, version, pmid = texts[:3]
    attributes = dict(_ATTRIBUTE.findall(about))
    if len(attributes) != about.count("="):  # one of them twice
        raise Odd
    model, issn_type, issn, medium, volume, issue = texts[9:15]
    journal, abbreviation, first, last, pages, online = texts[20:26]
    country, medline_ta, nlm_unique_id, issn_linking, interest, status = texts[29:]
    names = (journal, abbreviation, medline_ta, issn, issn_type, issn_linking, nlm_unique_id, country)
    return {
        "pmid": int(pmid),
        "version": version or "1",
        "status": attributes.get("Status", ""),
        "owner": attributes.get("Owner", ""),
        "indexing_method": attributes.get("IndexingMethod", ""),
        "version_id": attributes.get("VersionID", ""),
        "version_date": attributes.get("VersionDate", ""),
        "completed": _date(*texts[3:6]),
        "revised": _date(*texts[6:9]),
        "publication_model": model,
        "issue": new(Issue, (volume, issue, _date(*texts[15:20]), medium)),
        "journal": new(Journal, names),
        "pagination": new(Pagination, (pages, first, last)),
        "article_dates": (new(ArticleDate, (_date(*texts[26:29]), online)),) if online else (),
        "conflict_of_interest": interest,
        "publication_status": status,
    }


def _date(year: str, month: str, day: str, season: str = "", medline_date: str = "") -> PartialDate:
    return new(PartialDate, (year, month, day, season, medline_date, "", "", ""))
