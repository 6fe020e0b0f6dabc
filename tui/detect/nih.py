"""NIH award numbers, and the project behind a record's many awards.

A full number is ``1 R01 CA116235-01A1``: application type, activity code, institute, serial number, support year,
suffix (NIH Grants Policy Statement, "Application/Award Identification Numbers"). PubMed has it in as many spellings
as authors have; activity code, institute and the serial number in six digits are what NIH RePORTER calls the core
project number, and what holds a project's awards together. A centre's subproject is written into the year:
``P50 CA089393-080014`` is subproject 0014 in year 08.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from tui.model.record import Grant

# Organisation codes of the awards that RePORTER knows: NIH with its former institutes, then AHRQ, CDC, FDA, HRSA,
# SAMHSA and VA.
_INSTITUTES = (
    "AA AG AI AM AO AR AT BC CA CB CI CL CM CN CO CP DA DC DE DK DS EB ES EY GM HB HC HD HG HL HO HR HV LM MD MH "
    "NB NR NS NU OD RC RG RR SC TR TW WH HS CC CD CE CK DD DP EH EP GH IP LS OE OH PH PR PS TP TS FD AH BH PE SM SP "
    "TI BX CX HX RX"
)

_NUMBER = re.compile(
    r"""
    (?: (?: NIH | NCI | N[A-Z]{2,5} | USPHS | PHS | GRANT | AWARD | NO | NUMBER ) [\s:./\#-]{1,3} ){0,3}
    (?: (?P<application>[1-9]) [\s-]? )?
    (?: (?P<activity> [A-Z][A-Z0-9]{2} ) [\s-]{0,3} )?
    (?P<institute> """
    + _INSTITUTES.replace(" ", "|")
    + r""" ) [\s-]{0,3}
    (?P<serial> [0-9]{6} | [0-9]{4,5} (?![0-9]) | [0-9]-[0-9]{4,5} )
    (?: (?: (?<=[0-9]{6}) | \s? [-/] \s? )
        (?P<year> [0-9]{2} )? (?P<suffix> (?:[ASX][0-9])* ) (?P<subproject> [0-9]{4} )?
    )?
    (?: \s [^0-9]* )?
    """,
    re.VERBOSE,
)
_ACTIVITY = re.compile(r"[A-Z](?:[0-9]{2}|[A-Z][0-9]|[0-9][A-Z])|ZI[A-Z]")
_DASHES = re.compile("[\u2010-\u2015\u2212_]")
_LONGEST = 200
_NIH_AGENCY = re.compile(r"\b(?:NIH|HHS|PHS|VA)\b|\bNational (?:Institutes? of|Cancer Inst|Heart|Eye|Center for)")
_UNSAFE = re.compile(r"[^\w./-]+")


class Award(NamedTuple):
    """One award number, taken apart."""

    institute: str
    """Two letters, such as ``CA``."""
    serial: str
    """Six digits, ``014051``."""
    activity: str = ""
    """``R01``; empty where the number does not say it."""
    application: str = ""
    """``1`` new, ``2`` renewal, ``3`` supplement, ``5`` continuation ...; mostly empty."""
    year: str = ""
    """Support year, two digits."""
    suffix: str = ""
    """``A1`` amended, ``S1`` supplement, or both: ``A1S1``."""
    subproject: str = ""
    """Four digits."""

    @property
    def core(self) -> str:
        """NIH RePORTER's core project number, ``R01CA116235``."""
        return f"{self.activity}{self.institute}{self.serial}"


class Project(NamedTuple):
    """What a record's grants belong to: an NIH project with its awards, or a grant that stands alone."""

    id: str
    """``R01 CA116235``; the grant's own id where it is no NIH award, empty where PubMed names only an agency."""
    agency: str
    country: str
    grants: tuple[Grant, ...]
    """As PubMed spells them, in the record's order, each spelling once."""
    core: str = ""
    """NIH RePORTER's core project number; empty where it is no NIH award."""

    @property
    def is_nih(self) -> bool:
        """Whether it is numbered as NIH numbers its awards, and so known to NIH RePORTER."""
        return bool(self.core)


def award(text: str) -> Award | None:
    """`text` read as one NIH award number, or None where it is anything else."""
    if len(text) > _LONGEST:
        return None
    found = _NUMBER.fullmatch(_DASHES.sub("-", text).strip().upper())
    if found is None:
        return None
    activity = _activity(found["activity"] or "")
    if activity is None:
        return None
    return Award(
        institute=found["institute"],
        serial=found["serial"].replace("-", "").zfill(6),
        activity=activity,
        application=found["application"] or "",
        year=found["year"] or "",
        suffix=found["suffix"] or "",
        subproject=found["subproject"] or "",
    )


def _activity(code: str) -> str | None:
    """The activity code with the digits that authors type as letters (``RO1``, ``N0I``) put right."""
    if code and not code.startswith("ZI"):
        code = code[0] + code[1].replace("O", "0") + code[2].replace("O", "0").replace("I", "1")
    return code if not code or _ACTIVITY.fullmatch(code) else None


def award_of(grant: Grant) -> Award | None:
    """The grant's award number, or None where it is no NIH grant.

    Institute and serial number alone are short enough to be another funder's number too: they count only where
    the agency is NIH's or is not named.
    """
    found = award(grant.id)
    if found is None or found.activity or found.institute == grant.acronym:
        return found
    return found if not grant.agency or _NIH_AGENCY.search(grant.agency) else None


def projects(grants: Iterable[Grant]) -> tuple[Project, ...]:
    """A record's grants folded into projects, in order of first appearance.

    An award without activity code (``CA116235``) joins the project with that institute and serial number where the
    record names exactly one.
    """
    pairs = [(grant, award_of(grant)) for grant in grants]
    activities: dict[tuple[str, str], set[str]] = {}
    for _, found in pairs:
        if found is not None and found.activity:
            activities.setdefault((found.institute, found.serial), set()).add(found.activity)
    folded: dict[tuple[str, ...], list[Grant]] = {}
    cores: dict[tuple[str, ...], Award] = {}
    for grant, found in pairs:
        key: tuple[str, ...] = (grant.id.casefold(), "" if grant.id else grant.agency)
        if found is not None:
            known = activities.get((found.institute, found.serial), set())
            activity = found.activity or (next(iter(known)) if len(known) == 1 else "")
            key = (activity, found.institute, found.serial)
            cores[key] = found._replace(activity=activity)
        folded.setdefault(key, []).append(grant)
    return tuple(_project(tuple(dict.fromkeys(members)), cores.get(key)) for key, members in folded.items())


def _project(grants: tuple[Grant, ...], found: Award | None) -> Project:
    return Project(
        id=f"{found.activity} {found.institute}{found.serial}".lstrip() if found else grants[0].id,
        agency=next((grant.agency for grant in grants if grant.agency), ""),
        country=next((grant.country for grant in grants if grant.country), ""),
        grants=grants,
        core=found.core if found else "",
    )


def query_for(project: Project) -> str:
    """The PubMed query for the project's records, ``"CA116235"[gr] OR ...``; empty where nothing is known of it.

    Both PubMed and a word search over the grants find whole words, so each way of writing that makes other words of
    the number is asked for: with the activity code in the same word or not, and for the numbers below 100000, which
    are old and were written as one liked, without leading zeros and with a blank or hyphen. The institute and serial
    number name the project by themselves.
    """
    found = award(project.core)
    if found is None:
        names = [project.id or project.agency]
    else:
        short = found.serial.lstrip("0") or found.serial
        numbers = [found.institute + found.serial, found.institute + short]
        names = [*numbers, f"{found.institute} {short}"] if short != found.serial else numbers
        names += [found.activity + number for number in numbers]
    safe = [_UNSAFE.sub(" ", name).strip() for name in dict.fromkeys(names)]
    return " OR ".join(f'"{name}"[gr]' for name in safe if name)
