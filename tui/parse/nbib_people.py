"""People of a record in MEDLINE format: each stands there by two names, with ids and addresses after them."""

from __future__ import annotations

from tui.model.record import Affiliation, Person
from tui.parse.nbib_fields import Fields, named

_GROUPS = {
    "FAU": "authors",
    "AU": "authors",
    "CN": "authors",
    "FED": "editors",
    "ED": "editors",
    "FIR": "investigators",
    "IR": "investigators",
    "PS": "subjects",
    "FPS": "subjects",
}
_SECOND_NAMES = {"AU": "FAU", "ED": "FED", "IR": "FIR", "FPS": "PS"}
"""The tags that say the name again which the tag before them said."""
_FULL = frozenset(("FAU", "FED", "FIR", "FPS"))


def people(fields: Fields) -> tuple[dict[str, tuple[Person, ...]], bool, list[tuple[str, str]]]:
    """People by their group, whether the authors are all of them, and what belongs to nobody.

    What follows a name belongs to it. The one affiliation that files from before 2014 have stands before the first
    author, whose it is.
    """
    found: list[tuple[str, list[tuple[str, str]]]] = []
    before: list[tuple[str, str]] = []
    complete = True
    for tag, value in fields.all(*_GROUPS, "AUID", "AD", "IRAD"):
        group = _GROUPS.get(tag, "")
        if group == "authors" and value.rstrip(".") == "et al":
            complete = False
        elif group and not (found and found[-1][0] == group and found[-1][1][-1][0] == _SECOND_NAMES.get(tag)):
            found.append((group, [*before, (tag, value)]))
            before = []
        elif found:
            found[-1][1].append((tag, value))
        else:
            before.append((tag, value))
    grouped: dict[str, list[Person]] = {group: [] for group in _GROUPS.values()}
    for group, said in found:
        grouped[group].append(_person(said))
    return {group: tuple(members) for group, members in grouped.items()}, complete, before


def _person(said: list[tuple[str, str]]) -> Person:
    name, ids, addresses = Person(), [], []
    full = short = ""
    for tag, value in said:
        if tag == "AUID":
            ids.append(named(value))
        elif tag in ("AD", "IRAD"):
            addresses.append(Affiliation(value))
        elif tag == "CN":
            name = Person(collective_name=value)
        elif tag in _FULL:
            full = value
        else:
            short = value
    if full or short:
        name = _name(full, short)
    return name._replace(identifiers=tuple(ids), affiliations=tuple(addresses))


def _name(full: str, short: str) -> Person:
    """From ``Weinberg, Robert A Jr`` and ``Weinberg RA Jr``, of which one may be missing."""
    last, _, given = full.partition(", ")
    if not last:
        last, _, given = short.partition(", ")
        if not given and short.rpartition(" ")[2].isupper():
            last, _, initials = short.rpartition(" ")
            return Person(last or initials, "", initials if last else "")
        return Person(last, given)
    initials, _, suffix = short.removeprefix(last).strip().partition(" ")
    if not given.endswith(f" {suffix}"):
        initials, suffix = f"{initials} {suffix}", ""
    return Person(last, given.removesuffix(f" {suffix}") if suffix else given, initials.strip(), suffix)
