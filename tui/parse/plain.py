"""The lists of an article in their plain form, read by pattern: authors, MeSH headings, history, references ...

They are nearly always of one form, which the patterns read in a fraction of the tree's time. A list that departs from
it in anything is `Odd` and left to the tree; a test holds both ways against each other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

from tui.model.clean import squeeze
from tui.model.dates import PartialDate
from tui.model.record import (
    Abstract,
    AbstractSection,
    Affiliation,
    Descriptor,
    ELocation,
    Grant,
    HistoryDate,
    Identifier,
    Keyword,
    KeywordList,
    MeshHeading,
    Person,
    PersonList,
    Qualifier,
    Reference,
    ReferenceList,
    Substance,
    Term,
)
from tui.model.text import Text
from tui.parse.scripts import subscript, superscript


class Odd(Exception):
    """The text is not in its plain form: the tree knows what it says."""


def text_of(xml: bytes) -> str:
    """What stands in the file, entities resolved. Raises `Odd` where only a parser would know what that is."""
    text = _escaped_text(xml)
    if "&" in text:
        if "&lt;" in text:  # it would look like a tag
            raise Odd
        text = unescape(text)
    return text


def _escaped_text(xml: bytes) -> str:
    try:
        text = xml.decode()
    except UnicodeDecodeError:
        raise Odd from None
    if "]" in text and "]]>" in text:  # which XML forbids in text
        raise Odd
    if "&" in text and _ENTITY.search(text):
        raise Odd
    return text


_ENTITY = re.compile("&(?!(?:amp|lt|gt|quot|apos);)")

# Nothing is ever given back (`*+`), so that the time is linear in the length whatever the text.
GAP = r"\n?+ *+"


def start(tag: str, attributes: str = "") -> str:
    return f"<{tag}{attributes}>{GAP}"


def end(tag: str) -> str:
    return f"</{tag}>{GAP}"


def leaf(tag: str, attributes: str = "") -> str:
    return rf"<{tag}{attributes}>([^<]*+)</{tag}>{GAP}"


def maybe(pattern: str) -> str:
    return f"(?:{pattern})?"


def _opened(text: str, start: re.Pattern[str]) -> tuple[re.Match[str], str]:
    """The start tag of a list, and what stands in the list."""
    found = start.match(text)
    if found is None:
        raise Odd
    return found, text[found.end() : text.rindex("<")]


def _rows(text: str, item: re.Pattern[str]) -> Iterator[tuple[Any, ...]]:
    """The groups of every item, and an empty text after them."""
    parts = item.split(text)
    width = item.groups + 1
    if any(parts[::width]):  # what stands between two items
        raise Odd
    rows = iter(parts[1:])
    return zip(*[rows] * width, strict=True)


new = tuple.__new__  # a named tuple's own constructor is a function in Python, and takes three times as long

_TAG = re.compile("<(/?)(sub|sup|i|b|u)>")
_DEEPEST = 20
_READ = {"sub": subscript, "sup": superscript}


def _words(text: str) -> str:
    """Words that may hold markup and are still escaped, as `markup.text_of` gives them."""
    if "<" not in text:
        return squeeze(unescape(text) if "&" in text else text)
    parts = _TAG.split(text)
    if text.count(">") > len(parts) // 3 or "&quot;" in text or "&apos;" in text:  # written otherwise in the markup
        raise Odd
    if "&" in text:
        parts = [unescape(part) for part in parts]
    readable = [parts[0]]
    open_tags: list[tuple[str, list[str]]] = []
    for closes, tag, words in zip(parts[1::3], parts[2::3], parts[3::3], strict=True):
        if closes:
            inside = "".join(readable)
            if not inside or not open_tags:
                raise Odd
            opened, readable = open_tags.pop()
            if opened != tag:
                raise Odd
            readable.append(_READ[tag](inside) if tag in _READ else inside)
            readable.append(words)
        elif len(open_tags) == _DEEPEST:
            raise Odd
        else:
            open_tags.append((tag, readable))
            readable = [words]
    if open_tags:
        raise Odd
    return Text(squeeze("".join(readable)), squeeze(text))


_WORDS = "((?:[^<]++|</?(?:sub|sup|i|b|u)>)*+)"
_TITLE = re.compile(f"<(ArticleTitle|VernacularTitle)>{_WORDS}</\\1>{GAP}")


def title(xml: bytes) -> str:
    found = _TITLE.fullmatch(_escaped_text(xml))
    if found is None:
        raise Odd
    return _words(found[2])


_PLACE = re.compile(leaf("ELocationID", ' EIdType="(doi|pii)" ValidYN="([YN])"'))


def elocations(xml: bytes) -> tuple[ELocation, ...]:
    rows = _rows(text_of(xml), _PLACE)
    return tuple([new(ELocation, (kind, squeeze(value), valid == "Y")) for kind, valid, value, _ in rows])


_ABSTRACT = re.compile(start("Abstract"))
_SECTION = re.compile(
    rf'<AbstractText(?: Label="([^"<&\n\t\r]*+)")?(?: NlmCategory="(\w+)")?>{_WORDS}</AbstractText>{GAP}'
)
_COPYRIGHT = re.compile(rf"([^<]*+)</CopyrightInformation>{GAP}")


def abstract(xml: bytes) -> Abstract:
    sections, more, rest = _opened(_escaped_text(xml), _ABSTRACT)[1].partition("<CopyrightInformation>")
    found = _COPYRIGHT.fullmatch(rest) if more else None
    if more and found is None:
        raise Odd
    read = [
        new(AbstractSection, (_words(words), label or "", category or ""))
        for label, category, words, _ in _rows(sections, _SECTION)
    ]
    return new(Abstract, (tuple(read), _words(found[1]) if found else "", "", ""))


_AFFILIATION = start("AffiliationInfo") + leaf("Affiliation") + end("AffiliationInfo")
_AUTHORS = re.compile(start("AuthorList", r' CompleteYN="([YN])"(?: Type="(\w+)")?'))
_AUTHOR = re.compile(
    start("Author", ' ValidYN="([YN])"(?: EqualContrib="([YN])")?')
    + "".join(maybe(leaf(part)) for part in ("LastName", "ForeName", "Initials", "Suffix", "CollectiveName"))
    + maybe(leaf("Identifier", r' Source="(\w+)"'))
    + maybe(_AFFILIATION) * 2
    + f"((?:{_AFFILIATION.replace('(', '(?:')})*+)"
    + end("Author")
)
_MORE = re.compile(_AFFILIATION)


def authors(xml: bytes) -> tuple[PersonList, ...]:
    about, inside = _opened(text_of(xml), _AUTHORS)
    people = []
    for valid, equal, last, fore, initials, suffix, group, source, identifier, first, second, more, _ in _rows(
        inside, _AUTHOR
    ):
        affiliations: tuple[Affiliation, ...] = ()
        if first is not None:
            affiliations = (new(Affiliation, (squeeze(first), ())),)
            if second is not None:
                affiliations += (new(Affiliation, (squeeze(second), ())),)
                if more:
                    affiliations += tuple([new(Affiliation, (squeeze(text), ())) for text in _MORE.findall(more)])
        parts = (
            squeeze(last) if last else "",
            squeeze(fore) if fore else "",
            squeeze(initials) if initials else "",
            squeeze(suffix) if suffix else "",
            squeeze(group) if group else "",
            "",
            valid == "Y",
            equal or "",
            (Identifier(source, squeeze(identifier)),) if source else (),
            affiliations,
        )
        people.append(new(Person, parts))
    return (new(PersonList, (tuple(people), about[1] == "Y", about[2] or "", "")),)


_LANGUAGE = re.compile(leaf("Language"))


def languages(xml: bytes) -> tuple[str, ...]:
    return tuple([squeeze(code) for code, _ in _rows(text_of(xml), _LANGUAGE)])


_TYPES = re.compile(start("PublicationTypeList"))
_TYPE = re.compile(leaf("PublicationType", r' UI="(\w*+)"'))


def publication_types(xml: bytes) -> tuple[Term, ...]:
    rows = _rows(_opened(text_of(xml), _TYPES)[1], _TYPE)
    return tuple([new(Term, (squeeze(name), ui, "")) for ui, name, _ in rows])


_GRANTS = re.compile(start("GrantList", ' CompleteYN="Y"'))
_GRANT = re.compile(
    start("Grant")
    + "".join(maybe(leaf(part)) for part in ("GrantID", "Acronym", "Agency", "Country"))
    + maybe("<Country/>" + GAP)
    + end("Grant")
)


def grants(xml: bytes) -> tuple[Grant, ...]:
    rows = _rows(_opened(text_of(xml), _GRANTS)[1], _GRANT)
    return tuple([new(Grant, [squeeze(part) if part else "" for part in parts]) for *parts, _ in rows])


_SUBSTANCES = re.compile(start("ChemicalList"))
_SUBSTANCE = re.compile(
    start("Chemical") + leaf("RegistryNumber") + leaf("NameOfSubstance", r' UI="(\w*+)"') + end("Chemical")
)


def substances(xml: bytes) -> tuple[Substance, ...]:
    rows = _rows(_opened(text_of(xml), _SUBSTANCES)[1], _SUBSTANCE)
    return tuple([new(Substance, (squeeze(name), ui, squeeze(number))) for number, ui, name, _ in rows])


_SUBSET = re.compile(leaf("CitationSubset"))


def citation_subsets(xml: bytes) -> tuple[str, ...]:
    return tuple([squeeze(subset) for subset, _ in _rows(text_of(xml), _SUBSET)])


_ABOUT = r' UI="(\w+)" MajorTopicYN="([YN])"'
_HEADINGS = re.compile(start("MeshHeadingList"))
_HEADING = re.compile(
    start("MeshHeading")
    + leaf("DescriptorName", rf'{_ABOUT}(?: Type="(\w+)")?')
    + maybe(leaf("QualifierName", _ABOUT)) * 3
    + end("MeshHeading")
)


def mesh(xml: bytes) -> tuple[MeshHeading, ...]:
    headings = []
    for ui, major, kind, name, ui1, major1, name1, ui2, major2, name2, ui3, major3, name3, _ in _rows(
        _opened(text_of(xml), _HEADINGS)[1], _HEADING
    ):
        qualifiers: tuple[Qualifier, ...] = ()
        if ui1:
            qualifiers = (Qualifier(squeeze(name1), ui1, major1 == "Y"),)
            if ui2:
                qualifiers += (Qualifier(squeeze(name2), ui2, major2 == "Y"),)
                if ui3:
                    qualifiers += (Qualifier(squeeze(name3), ui3, major3 == "Y"),)
        descriptor = new(Descriptor, (squeeze(name), ui, major == "Y", kind or "", ""))
        headings.append(new(MeshHeading, (descriptor, qualifiers)))
    return tuple(headings)


_KEYWORDS = re.compile(start("KeywordList", r' Owner="(\w+)"'))
_KEYWORD = re.compile(leaf("Keyword", ' MajorTopicYN="([YN])"'))


def keywords(xml: bytes) -> tuple[KeywordList, ...]:
    about, inside = _opened(text_of(xml), _KEYWORDS)
    read = [new(Keyword, (squeeze(word), major == "Y")) for major, word, _ in _rows(inside, _KEYWORD)]
    return (new(KeywordList, (tuple([keyword for keyword in read if keyword[0]]), about[1])),)


_HISTORY = re.compile(start("History"))
_DATE = re.compile(
    start("PubMedPubDate", r' PubStatus="([\w-]+)"')
    + "".join(rf"<{part}>(\w+)</{part}>{GAP}" for part in ("Year", "Month", "Day"))
    + maybe("".join(rf"<{part}>(\w+)</{part}>{GAP}" for part in ("Hour", "Minute")))
    + end("PubMedPubDate")
)


def history(xml: bytes) -> tuple[HistoryDate, ...]:
    dates = []
    for status, year, month, day, hour, minute, _ in _rows(_opened(text_of(xml), _HISTORY)[1], _DATE):
        date = new(PartialDate, (year, month, day, "", "", hour or "", minute or "", ""))
        dates.append(new(HistoryDate, (status, date)))
    return tuple(dates)


_ID = leaf("ArticleId", r' IdType="(\w+)"')
_IDS = re.compile(start("ArticleIdList"))
_OWN_ID = re.compile(_ID)


def ids(xml: bytes) -> tuple[Identifier, ...]:
    rows = _rows(_opened(text_of(xml), _IDS)[1], _OWN_ID)
    return tuple([new(Identifier, (kind, squeeze(value))) for kind, value, _ in rows])


_REFERENCES = re.compile(start("ReferenceList") + maybe(leaf("Title")))
_REFERENCE = re.compile(
    start("Reference")
    + leaf("Citation")
    + maybe(start("ArticleIdList") + _ID + maybe(_ID) * 2 + end("ArticleIdList"))
    + end("Reference")
)


def references(xml: bytes) -> tuple[ReferenceList, ...]:
    about, inside = _opened(text_of(xml), _REFERENCES)
    read = []
    for citation, kind, value, kind2, value2, kind3, value3, _ in _rows(inside, _REFERENCE):
        ids: tuple[Identifier, ...] = ()
        if kind:
            ids = (new(Identifier, (kind, squeeze(value))),)
            if kind2:
                ids += (new(Identifier, (kind2, squeeze(value2))),)
                if kind3:
                    ids += (new(Identifier, (kind3, squeeze(value3))),)
        read.append(new(Reference, (squeeze(citation), ids)))
    return (new(ReferenceList, (tuple(read), squeeze(about[1] or ""), ())),)
