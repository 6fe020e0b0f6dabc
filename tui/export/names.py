"""Authors and editors as each style writes them.

Names are taken as PubMed has parted them: particles (``van``, ``de la``) belong to the last name and keep their
capitals. A group's name is never parted or abbreviated.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Protocol

from tui.model.clean import one_line
from tui.model.record import Person

_ROMAN = {"2nd": "II", "3rd": "III", "4th": "IV", "5th": "V"}
"""Suffixes as NLM writes them, and as AMA, APA and MLA do."""
_PARTICLES = frozenset((
    "al", "bin", "ben", "da", "das", "de", "del", "della", "den", "der", "di", "do", "dos", "du", "e", "el", "ibn",
    "la", "le", "ten", "ter", "van", "von", "y",
))  # fmt: skip
_PARTS = re.compile(r"[\s.]+")
_MOST_INITIALS = 4
_APA_MOST = 20
_MLA_MOST = 2


class Listed(Protocol):
    """How a style writes a list of people; `complete` is false where PubMed names only some of them."""

    def __call__(self, people: Sequence[Person], *, complete: bool = True) -> str: ...


def nlm(people: Sequence[Person], *, complete: bool = True) -> str:
    """``Doe JF, Roe JP 3rd; ABC Group, Coe RT``: all of them, as PubMed's references have them: a semicolon before a
    group, a comma before a person."""
    return _initialled(people, _nlm_name, complete=complete, after_group=", ")


def vancouver(people: Sequence[Person], *, complete: bool = True) -> str:
    """``Doe JF, Roe JP 3rd, Coe RT, et al; ABC Group``: of more than six persons the first six (ICMJE's samples)."""
    return _initialled(people, _nlm_name, complete=complete, most=6, first=6)


def ama(people: Sequence[Person], *, complete: bool = True) -> str:
    """``Doe JF, Roe JP III, Coe RT Jr, et al; ABC Group``: of more than six persons the first three (AMA 11, 3.7)."""
    return _initialled(people, _ama_name, complete=complete, most=6, first=3)


def apa(people: Sequence[Person], *, complete: bool = True, inverted: bool = True) -> str:
    """``Doe, J. F., Roe, J. P., III, & Coe, R. T.``: up to 20; of more the first 19, ``. . .`` and the last (APA 7,
    9.8). Not `inverted`, ``J. F. Doe & R. T. Coe``, as editors stand before their book's title."""
    names = _named(people, _apa_name if inverted else _apa_name_in_order)
    if not complete:
        return ", ".join([*names, "et al."])
    if len(names) > _APA_MOST:
        return ", ".join(names[: _APA_MOST - 1]) + f", . . . {names[-1]}"
    if len(names) < 2:
        return "".join(names)
    comma = "," if inverted or len(names) > 2 else ""
    return f"{', '.join(names[:-1])}{comma} & {names[-1]}"


def mla(people: Sequence[Person], *, complete: bool = True, inverted: bool = True) -> str:
    """``Doe, Jane F., and John P. Roe III``: up to two; of more the first and ``et al.`` (MLA 9, 5.5-5.8)."""
    names = _named(people, _mla_name)
    if inverted and names:
        names[0] = _named(people, _mla_name_inverted)[0]
    comma = "," if inverted else ""
    if len(names) > _MLA_MOST or (names and not complete):
        return f"{names[0]}{comma} et al."
    return f"{comma} and ".join(names)


def _named(people: Sequence[Person], name: Callable[[Person], str]) -> list[str]:
    return [text for person in people if (text := one_line(name(person)))]


def _initialled(
    people: Sequence[Person],
    name: Callable[[Person], str],
    *,
    complete: bool,
    most: int = 0,
    first: int = 0,
    after_group: str = "; ",
) -> str:
    """Of more than `most` persons (0: no limit) the `first` and ``et al``; a group is never left out."""
    named = [(text, bool(person.collective_name)) for person in people if (text := one_line(name(person)))]
    persons = sum(not group for _, group in named)
    kept = first if most and persons > most else persons
    text, before_person, count = "", "", 0
    for each, group in named:
        if group:
            text += ("; " if text else "") + each
            before_person = after_group
            continue
        count += 1
        if count <= kept:
            text += before_person + each + (", et al" if count == kept < persons else "")
            before_person = ", "
    return text if complete or not text or kept < persons else f"{text}, et al"


def _nlm_name(person: Person) -> str:
    """``Roe JP 3rd``."""
    if person.collective_name:
        return person.collective_name
    last, initials = person.last_name, _compact_initials(person)
    if not last:
        last, initials = person.fore_name or initials, ""
    return " ".join(part for part in (last, initials, person.suffix.rstrip(".")) if part)


def _ama_name(person: Person) -> str:
    """``Roe JP III``; a group without its article."""
    name = _nlm_name(person._replace(suffix=_suffix(person, dot=False)))
    return name.removeprefix("The ") if person.collective_name else name


def _apa_name(person: Person) -> str:
    """``Roe, J. P., III``."""
    if person.collective_name or not person.last_name:
        return person.collective_name or person.fore_name or person.initials
    return ", ".join(part for part in (person.last_name, _dotted_initials(person), _suffix(person, dot=True)) if part)


def _apa_name_in_order(person: Person) -> str:
    """``J. P. Roe III``."""
    if person.collective_name or not person.last_name:
        return _apa_name(person)
    return " ".join(part for part in (_dotted_initials(person), person.last_name, _suffix(person, dot=True)) if part)


def _mla_name(person: Person) -> str:
    """``John P. Roe III``, ``Jane Doe, Jr.``; a group without its article."""
    if person.collective_name:
        return person.collective_name.removeprefix("The ")
    name = " ".join(part for part in (_given(person), person.last_name) if part)
    suffix = _suffix(person, dot=True)
    return name + (", " if suffix.endswith(".") else " ") * bool(suffix) + suffix


def _mla_name_inverted(person: Person) -> str:
    """``Roe, John P., III``."""
    if person.collective_name or not person.last_name:
        return _mla_name(person)
    return ", ".join(part for part in (person.last_name, _given(person), _suffix(person, dot=True)) if part)


def _suffix(person: Person, *, dot: bool) -> str:
    suffix = person.suffix.rstrip(".")
    suffix = _ROMAN.get(suffix.lower(), suffix)
    return f"{suffix}." if dot and suffix.lower() in ("jr", "sr") else suffix


def _given_parts(person: Person) -> list[str]:
    """``Antoine``, ``E``; initials that PubMed has run together (``Lora JH``) one by one."""
    parts = _PARTS.split(person.fore_name.strip(" ."))
    apart = [
        letter for part in parts for letter in (part if part.isupper() and len(part) <= _MOST_INITIALS else [part])
    ]
    if not person.fore_name:
        return [letter for letter in person.initials if letter.isalpha()]
    return apart if "".join(part[:1] for part in apart) == person.initials else parts


def _compact_initials(person: Person) -> str:
    """``AE``: PubMed's, else those of the given name."""
    return person.initials or "".join(letter for letter in _dotted_initials(person) if letter.isalpha())


def _dotted_initials(person: Person) -> str:
    """``A. E.``, ``J.-B.``; a particle among the given names stays a word."""
    return " ".join(
        part if part in _PARTICLES else "-".join(f"{half[0].upper()}." for half in part.split("-") if half)
        for part in _given_parts(person)
        if part.strip("-")
    )


def _given(person: Person) -> str:
    """``Antoine E.``: the given names, initials among them dotted."""
    return " ".join(f"{part}." if len(part) == 1 and part.isupper() else part for part in _given_parts(person))
