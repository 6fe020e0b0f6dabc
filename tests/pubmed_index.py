"""PubMed's search over a handful of records: enough of its query language for tests to be honest about.

Words, quoted phrases, field tags, ``*``, dates and their ranges, AND OR NOT from left to right, parentheses; what is
found nowhere is dropped and named, as PubMed does it. No synonyms, and no explosion of MeSH headings.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple
from xml.etree import ElementTree

Words = tuple[str, ...]
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_STOP_WORDS = frozenset(
    ("a", "and", "are", "as", "by", "for", "from", "in", "is", "not", "of", "on", "or", "the", "with")
)
_TOKEN = re.compile(r'\s*(\(|\)|"[^"]*"|\[[^\]]*\]|[^\s()"\[\]]+)')
_TITLE = ("ArticleTitle", "VernacularTitle", "BookTitle")
_DATE = re.compile(r"(\d{4})(?:/(\d{1,2}))?(?:/(\d{1,2}))?")


class Unbalanced(Exception):
    """A parenthesis, bracket or quote without its partner."""


class Article(NamedTuple):
    """One record as it is held: its element's bytes, and what can be searched in it."""

    pmid: int
    xml: bytes
    texts: Mapping[str, tuple[Words, ...]]
    """Words of each text, by field."""
    dates: Mapping[str, tuple[int, ...]]
    """yyyymmdd, by field."""


class Found(NamedTuple):
    """What a query finds, and what is said about it."""

    pmids: set[int]
    translation: str
    mapped: list[tuple[str, str]]
    phrases_not_found: list[str]
    fields_not_found: list[str]
    quoted_not_found: list[str]
    ignored: list[str]


class _Part(NamedTuple):
    """A part of the query that was evaluated; `pmids` is None where it was dropped."""

    pmids: set[int] | None
    translation: str


def words(text: str) -> Words:
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return tuple(re.findall(r"[\w*]+", plain.casefold()))


def article(xml: bytes) -> Article:
    """A PubmedArticle or PubmedBookArticle, from its bytes."""
    root = ElementTree.fromstring(xml)

    def of(*names: str) -> tuple[Words, ...]:
        return tuple(words("".join(element.itertext())) for name in names for element in root.iter(name))

    texts = {
        "ti": of(*_TITLE),
        "tiab": of(*_TITLE, "AbstractText", "Keyword"),
        "au": tuple(filter(None, map(_author, root.iter("Author")))),
        "mh": tuple(_headings(root, major=False)),
        "majr": tuple(_headings(root, major=True)),
        "gr": of("GrantID", "Acronym", "Agency"),
        "ta": of("Title", "ISOAbbreviation", "MedlineTA", "ISSN", "ISSNLinking"),
        "pt": of("PublicationType"),
        "la": of("Language"),
        "ad": of("Affiliation"),
        "aid": of("ELocationID", "ArticleId"),
    }
    texts["all"] = tuple(text for field in texts.values() for text in field) + of("NameOfSubstance", "DescriptorName")
    pmid = root.find(".//PMID")
    assert pmid is not None and pmid.text, "an article without a PMID"
    published = [*root.iter("PubDate"), *root.iter("ArticleDate")]
    entered = [date for date in root.iter("PubMedPubDate") if date.get("PubStatus") in ("entrez", "pubmed")]
    dates = {"dp": tuple(map(_date, published)), "edat": tuple(map(_date, entered))}
    return Article(int(pmid.text), xml, texts, dates)


def _author(author: ElementTree.Element) -> Words:
    name = author.findtext("CollectiveName") or f"{author.findtext('LastName', '')} {author.findtext('Initials', '')}"
    return words(name)


def _headings(root: ElementTree.Element, *, major: bool) -> Iterable[Words]:
    """Each heading alone and with each of its qualifiers, the two kept apart by a slash."""
    for heading in root.iter("MeshHeading"):
        descriptor = heading.find("DescriptorName")
        if descriptor is None:
            continue
        name = words(descriptor.text or "")
        qualifiers = heading.findall("QualifierName")
        if not major or any(part.get("MajorTopicYN") == "Y" for part in heading):
            yield name
        yield from ((*name, "/", *words(part.text or "")) for part in qualifiers if not major or _is_major(part))


def _is_major(part: ElementTree.Element) -> bool:
    return part.get("MajorTopicYN") == "Y"


def _date(date: ElementTree.Element) -> int:
    """yyyymmdd; unknown parts count as the first of their kind, as PubMed indexes them."""
    year = re.search(r"\d{4}", date.findtext("Year") or date.findtext("MedlineDate") or "")
    month = (date.findtext("Month") or "1").casefold()
    number = _MONTHS.index(month[:3]) + 1 if month[:3] in _MONTHS else int(month)
    return int(year[0] if year else 0) * 10000 + number * 100 + int(date.findtext("Day") or 1)


def _within(pattern: Words, text: Words) -> bool:
    """Whether the words of `pattern` stand in `text`, next to each other."""
    width = len(pattern)
    return any(_same(pattern, text[at : at + width]) for at in range(len(text) - width + 1))


def _same(pattern: Words, text: Words) -> bool:
    return len(pattern) == len(text) and all(
        re.fullmatch(re.escape(one).replace(r"\*", r"\w*"), other) for one, other in zip(pattern, text, strict=True)
    )


def _is_author(pattern: Words, author: Words) -> bool:
    """Without all the initials, any that begin so match."""
    *family, last = pattern
    if len(pattern) == 1:
        return _same(pattern, author[:1])
    rest = author[len(family) :]
    return list(author[: len(family)]) == family and bool(rest) and rest[0].startswith(last)


Match = Callable[[Words, Words], bool]
# tag: (field, long name, how a term is compared with one text)
TAGS: dict[str, tuple[str, str, Match]] = {
    "ti": ("ti", "Title", _within),
    "tiab": ("tiab", "Title/Abstract", _within),
    "au": ("au", "Author", _is_author),
    "mh": ("mh", "MeSH Terms", _same),
    "majr": ("majr", "MeSH Major Topic", _same),
    "gr": ("gr", "Grants and Funding", _within),
    "ta": ("ta", "Journal", _within),
    "pt": ("pt", "Publication Type", _within),
    "la": ("la", "Language", _within),
    "ad": ("ad", "Affiliation", _within),
    "aid": ("aid", "Article Identifier", _within),
    "all": ("all", "All Fields", _within),
    "dp": ("dp", "Date - Publication", _within),
    "edat": ("edat", "Date - Entry", _within),
    "pmid": ("pmid", "UID", _within),
}
_ALIASES = {
    "title": "ti", "title/abstract": "tiab", "author": "au", "mesh": "mh", "mesh terms": "mh", "mh:noexp": "mh",
    "mesh terms:noexp": "mh", "majr:noexp": "majr", "mesh major topic": "majr", "grants and funding": "gr",
    "grant number": "gr", "jour": "ta", "journal": "ta", "publication type": "pt", "language": "la", "lang": "la",
    "affiliation": "ad", "lid": "aid", "doi": "aid", "article identifier": "aid", "all fields": "all", "tw": "all",
    "text word": "all", "pdat": "dp", "publication date": "dp", "date - publication": "dp", "crdt": "edat",
    "date - entry": "edat", "uid": "pmid",
}  # fmt: skip  # one alias a line would be forty


class Search:
    """One query over the articles held."""

    def __init__(self, articles: Mapping[int, Article], query: str) -> None:
        self._articles = articles
        self._tokens = _tokens(query)
        self._found = Found(set(), "", [], [], [], [], [])

    def run(self) -> Found:
        """Raises Unbalanced."""
        part = self._expression()
        if self._tokens:
            raise Unbalanced
        return self._found._replace(pmids=part.pmids or set(), translation=part.translation)

    def _expression(self) -> _Part:
        left = self._operand()
        while self._tokens and self._tokens[0] != ")":
            operator = self._tokens.pop(0) if self._tokens[0] in ("AND", "OR", "NOT") else "AND"
            left = _joined(left, operator, self._operand())
        return left

    def _operand(self) -> _Part:
        if not self._tokens:
            raise Unbalanced
        if self._tokens[0] == "(":
            self._tokens.pop(0)
            inside = self._expression()
            if not self._tokens:
                raise Unbalanced
            self._tokens.pop(0)
            return inside._replace(translation=f"({inside.translation})" if inside.translation else "")
        term: list[str] = []
        while self._tokens and self._tokens[0] not in ("(", ")", "AND", "OR", "NOT"):
            token = self._tokens.pop(0)
            if token.startswith("["):
                tag = _tag(token)
                if self._tokens[:1] == [":"] and tag in TAGS and len(self._tokens) > 2:
                    term += [":", self._tokens[1]]
                    del self._tokens[:3]
                return self._tagged(" ".join(term), tag, token)
            if token.startswith('"') and term:
                self._tokens.insert(0, token)
                break
            term.append(token)
            if token.startswith('"') and not (self._tokens and self._tokens[0].startswith("[")):
                break
        if not term:
            raise Unbalanced
        return self._untagged(term)

    def _tagged(self, text: str, tag: str, token: str) -> _Part:
        if tag not in TAGS:
            self._found.fields_not_found.append(token[1:-1].strip())
            tag = "all"
        name = TAGS[tag][1]
        if tag in ("dp", "edat"):
            low, high = _range(text)
            found = {a.pmid for a in self._articles.values() if any(low <= date <= high for date in a.dates[tag])}
            return _Part(found, f"{text.replace(chr(34), '')}[{name}]")
        if tag == "pmid":
            asked = [int(word) for word in words(text) if word.isdigit()]
            return _Part({pmid for pmid in asked if pmid in self._articles}, f"{text}[{name}]")
        found = self._having(text, tag)
        if not found and not text.startswith('"'):
            parts = [self._having(word, tag) for word in text.split()]
            found = set.intersection(*parts) if all(parts) else set()
        if not found:
            self._found.phrases_not_found.append(f"{text}[{name}]")
            return _Part(None, "")
        return _Part(found, f'"{text.strip(chr(34))}"[{name}]')

    def _untagged(self, term: list[str]) -> _Part:
        text = " ".join(term)
        if text.isdigit():
            return _Part({int(text)} & set(self._articles), f"{text}[UID]")
        if text.startswith('"'):
            found = self._having(text, "all")
            if not found:
                self._found.quoted_not_found.append(text)
                return _Part(None, "")
            return _Part(found, f"{text}[All Fields]")
        whole = self._having(text, "mh") if "*" not in text else set()
        if whole:
            each = " AND ".join(f'"{word}"[All Fields]' for word in term)
            self._found.mapped.append((text, f'"{text.lower()}"[MeSH Terms] OR ({each})'))
        part = _Part(None, "")
        for word in term:
            part = _joined(part, "AND", self._word(word))
        if whole and len(term) > 1:
            return _Part(whole | (part.pmids or set()), f'("{text.lower()}"[MeSH Terms] OR ({part.translation}))')
        return part

    def _word(self, word: str) -> _Part:
        if word.casefold() in _STOP_WORDS:
            self._found.ignored.append(word)
            return _Part(None, "")
        found = self._having(word, "all")
        if not found:
            self._found.phrases_not_found.append(word)
            return _Part(None, "")
        return _Part(found, f'"{word}"[All Fields]')

    def _having(self, text: str, tag: str) -> set[int]:
        field, _, match = TAGS[tag]
        heading, slash, qualifier = text.partition("/") if tag in ("mh", "majr") else (text, "", "")
        pattern = (*words(heading), slash, *words(qualifier)) if slash else words(heading)
        if tag == "au" and text.startswith('"'):
            match = _same
        if not pattern:
            return set()
        return {a.pmid for a in self._articles.values() if any(match(pattern, one) for one in a.texts[field])}


def _tokens(query: str) -> list[str]:
    tokens, at = [], 0
    query = query.strip()
    while at < len(query):
        token = _TOKEN.match(query, at)
        if not token:
            raise Unbalanced
        tokens.append(token[1])
        at = token.end()
    return tokens


def _tag(token: str) -> str:
    name = token[1:-1].strip().casefold()
    return _ALIASES.get(name, name)


def _range(text: str) -> tuple[int, int]:
    """yyyymmdd of the first and the last day meant."""
    low, _, high = text.replace('"', "").partition(":")
    first, last = _DATE.fullmatch(low.strip()), _DATE.fullmatch((high or low).strip())
    if not first or not last:
        return 1, 0
    return (
        int(first[1]) * 10000 + int(first[2] or 1) * 100 + int(first[3] or 1),
        int(last[1]) * 10000 + int(last[2] or 12) * 100 + int(last[3] or 31),
    )


def _joined(left: _Part, operator: str, right: _Part) -> _Part:
    if left.pmids is None or right.pmids is None:
        return right if left.pmids is None and operator != "NOT" else left
    pmids = {
        "AND": left.pmids & right.pmids,
        "OR": left.pmids | right.pmids,
        "NOT": left.pmids - right.pmids,
    }[operator]
    return _Part(pmids, f"{left.translation} {operator} {right.translation}")
