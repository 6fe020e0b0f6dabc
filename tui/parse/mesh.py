"""NLM's files of MeSH to descriptors, one after the other: descYYYY.xml, or mtreesYYYY.bin, names and places alone.

Which of the two it is shows in the first byte. The XML is cut and parsed by the element, as PubMed's is, so that
its 300 MB are read in constant memory; of the tree file, a hundredth as large, all names are held, because the lines
of a heading stand far apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain
from xml.etree.ElementTree import Element

from tui.model.clean import one_line
from tui.model.mesh import AllowableQualifier, MeshDescriptor
from tui.model.problem import Problem
from tui.parse.markup import text_of
from tui.parse.stream import Cutter, Grammar, NotPubMedXml
from tui.parse.tree import purify, suspect, tree_of

_DESCRIPTORS = Grammar(
    frozenset((b"DescriptorRecordSet",)),
    frozenset((b"DescriptorRecord",)),
    "NLM's",
    "MeSH descriptors",
    "DescriptorRecordSet, as in descYYYY.xml",
)
_TREE_NUMBER = re.compile(r"[A-Z]\d+(?:\.\d+)*")
_BEFORE_XML = b" \t\r\n\0\xef\xbb\xbf\xfe\xff"
"""What may stand before the first ``<``: blanks, a byte order mark, half of a character of two bytes."""
_LONGEST_LINE = 4096
_HINT = "NLM's descriptor file (descYYYY.xml or .gz) or tree file (mtreesYYYY.bin) was expected."


class NotMesh(Problem):
    """The bytes are not one of NLM's files of MeSH descriptors."""


def read(chunks: Iterable[bytes]) -> Iterator[MeshDescriptor]:
    """All descriptors of a file, unpacked already. Raises `NotMesh`, for one without any as well."""
    chunks = iter(chunks)
    first = next((chunk for chunk in chunks if chunk), b"")
    found = _xml if first.lstrip(_BEFORE_XML).startswith(b"<") else _tree_file
    empty = True
    for descriptor in found(chain((first,), chunks)):
        empty = False
        yield descriptor
    if empty:
        raise NotMesh("There is no MeSH descriptor in it.", _HINT)


def _xml(chunks: Iterable[bytes]) -> Iterator[MeshDescriptor]:
    cutter = Cutter(_DESCRIPTORS)
    try:
        for chunk in chunks:
            for piece in cutter.feed(chunk):
                root = tree_of(piece.xml)
                if suspect(piece.xml):
                    purify(root)
                yield _descriptor(root)
        cutter.finish()
    except NotPubMedXml as problem:
        raise NotMesh(problem.message, problem.hint) from None
    except RecursionError:
        raise NotMesh("A descriptor's elements are nested too deeply.", _HINT) from None


def _descriptor(root: Element) -> MeshDescriptor:
    name, ui = _one(root, "DescriptorName", "String"), _one(root, "DescriptorUI")
    if not (name and ui):
        raise NotMesh("A descriptor has no name or no UI.", _HINT)
    numbers = _all(root, "TreeNumberList/TreeNumber")
    for number in numbers:
        _check(number)
    entries, permuted = _terms(root, name)
    return MeshDescriptor(
        ui,
        name,
        numbers,
        root.get("DescriptorClass", "1"),
        next(iter(_all(root, "ConceptList/Concept[@PreferredConceptYN='Y']/ScopeNote")), ""),
        entries,
        permuted,
        _one(root, "Annotation"),
        _one(root, "PublicMeSHNote"),
        _all(root, "PreviousIndexingList/PreviousIndexing"),
        _all(root, "SeeRelatedList/SeeRelatedDescriptor/DescriptorReferredTo/DescriptorName/String"),
        _all(root, "PharmacologicalActionList/PharmacologicalAction/DescriptorReferredTo/DescriptorName/String"),
        tuple(
            AllowableQualifier(_one(each, "QualifierUI"), _one(each, "QualifierName", "String"))
            for each in root.iterfind("AllowableQualifiersList/AllowableQualifier/QualifierReferredTo")
        ),
        _date(root, "DateEstablished"),
        _date(root, "DateRevised"),
    )


def _terms(root: Element, name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The terms of all concepts besides the heading itself, each once: as they are, and permuted."""
    kinds: dict[str, dict[str, None]] = {"N": {}, "Y": {}}
    for term in root.iterfind("ConceptList/Concept/TermList/Term"):
        text = _one(term, "String")
        if text and text != name:
            kinds.setdefault(term.get("IsPermutedTermYN", "N"), {})[text] = None
    return tuple(kinds["N"]), tuple(kinds["Y"])


def _one(parent: Element, *tags: str) -> str:
    """The text at the end of this way down; a tag at a time, as ElementTree is ten times slower with a path."""
    element: Element | None = parent
    for tag in tags:
        element = element.find(tag) if element is not None else None
    return "" if element is None else text_of(element)


def _all(parent: Element, path: str) -> tuple[str, ...]:
    return tuple(text for text in map(text_of, parent.iterfind(path)) if text)


def _date(root: Element, tag: str) -> str:
    date = root.find(tag)
    return "" if date is None else "-".join(text for text in map(text_of, date) if text)


def _check(number: str) -> None:
    if not _TREE_NUMBER.fullmatch(number):
        raise NotMesh(f"{one_line(number)[:40]!r} is no tree number of MeSH.", _HINT)


def _tree_file(chunks: Iterable[bytes]) -> Iterator[MeshDescriptor]:
    numbers: dict[str, list[str]] = {}
    for line in _lines(chunks):
        name, _, number = line.rpartition(";")
        if not name:
            raise NotMesh(f"{line[:40]!r} is no line of MeSH's tree file.", _HINT)
        _check(number)
        numbers.setdefault(name, []).append(number)
    for name, places in numbers.items():
        yield MeshDescriptor(places[0], name, tuple(places))


def _lines(chunks: Iterable[bytes]) -> Iterator[str]:
    """The lines that are not blank, as clean text."""
    rest = b""
    for chunk in chain(chunks, (b"\n",)):
        *lines, rest = (rest + chunk).split(b"\n")
        if len(rest) > _LONGEST_LINE:
            raise NotMesh("It is no text of lines.", _HINT)
        yield from (line for line in (one_line(each.decode("utf-8", "replace")) for each in lines) if line)
