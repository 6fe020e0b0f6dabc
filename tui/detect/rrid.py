"""Research resource identifiers (RRIDs) in running text, such as ``RRID:AB_2313584``.

The authorities and their prefixes are those of the Resource Identification Initiative (rrids.org). Authors leave
blanks inside, or leave ``RRID:`` out; without it only the prefixes that nobody else uses are taken for an RRID, and
only as they are properly written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import quote

from tui.model.finding import Finding

SOFTWARE = "software or resource"
"""The kind of an ``SCR_`` identifier: a program, a database, a core facility."""

_RESOLVER = "https://scicrunch.org/resolver/RRID:"


class _Authority(NamedTuple):
    prefix: str
    """As the resolver spells it; its last character parts it from the number."""
    kind: str
    number: str
    """Regular expression of what follows the prefix."""
    alone: bool = False
    """Whether it is unmistakable without ``RRID:`` before it."""


_AUTHORITIES = (
    _Authority("AB_", "antibody", r"[0-9]{5,10}", alone=True),
    _Authority("AB_", "antibody", r"[0-9]{1,4}"),
    _Authority("SCR_", SOFTWARE, r"[0-9]{6}", alone=True),
    _Authority("CVCL_", "cell line", r"[A-Za-z0-9]{4}", alone=True),
    _Authority("Addgene_", "plasmid", r"[0-9]{3,7}", alone=True),
    _Authority("IMSR_", "mouse strain", r"[A-Za-z]{2,5}:[A-Za-z0-9-]{1,20}", alone=True),
    _Authority("MMRRC_", "mouse strain", r"[0-9]{6}(?:-[A-Z]{2,4})?", alone=True),
    _Authority("MGI:", "mouse strain", r"[0-9]{3,9}"),
    _Authority("RGD_", "rat strain", r"[0-9]{3,10}"),
    _Authority("RRRC_", "rat strain", r"[0-9]{3,6}", alone=True),
    _Authority("BDSC_", "fly strain", r"[0-9]{1,7}", alone=True),
    _Authority("DGGR_", "fly strain", r"[0-9]{3,8}"),
    _Authority("FlyBase_", "fly strain", r"FB[a-z]{2}[0-9]{7}"),
    _Authority("ZFIN_", "zebrafish strain", r"ZDB-[A-Z]{3,8}-[0-9]{6}-[0-9]{1,6}", alone=True),
    _Authority("ZIRC_", "zebrafish strain", r"ZL[0-9]{1,6}(?:\.[0-9]{2})?"),
    _Authority("WB-STRAIN:", "worm strain", r"[A-Za-z]{1,10}[0-9]{1,10}", alone=True),
    _Authority("CGC_", "worm strain", r"[A-Za-z]{1,4}[0-9]{1,6}"),
    _Authority("NXR_", "frog strain", r"[0-9]{1,6}(?:\.[0-9]{1,6})?"),
    _Authority("NSRRC_", "pig strain", r"[0-9]{4}"),
    _Authority("NCBITaxon_", "organism", r"[0-9]{1,9}"),
    _Authority("nif-", SOFTWARE, r"[0-9]{4}-[0-9]{5}"),
    _Authority("nlx_", SOFTWARE, r"[0-9]{3,9}"),
    _Authority("OMICS_", SOFTWARE, r"[0-9]{5}"),
)

_RRID = re.compile(
    r"(?<!\w) (?P<called> RRIDs? (?: \s{0,3} [:\#] \s{0,3} | \s{1,3} ) )? (?: "
    + " | ".join(
        rf"{re.escape(a.prefix[:-1])} \s? [{re.escape(a.prefix[-1])}:\s] \s? (?P<a{number}> {a.number} )"
        for number, a in enumerate(_AUTHORITIES)
    )
    + r" | (?(called) (?P<other> [A-Z][A-Z0-9-]{1,20} [:_] [A-Z0-9]{1,20} (?: [.-][A-Z0-9]{1,20} ){0,3} ) | (?!) )"
    + r") (?!\w)",
    re.VERBOSE | re.IGNORECASE,
)


def rrids(text: str, place: str) -> Iterator[Finding]:
    """The RRIDs in `text`, in order, each as often as it stands there."""
    for found in _RRID.finditer(text):
        group = found.lastgroup or ""
        if group == "other":
            if any(character.isdigit() for character in found[group]):
                yield _finding("research resource", found[group], place, found.group())
            continue
        authority = _AUTHORITIES[int(group[1:])]
        identifier = authority.prefix + found[group]
        if found["called"] or (authority.alone and found.group() == identifier):
            yield _finding(authority.kind, identifier, place, found.group())


def _finding(kind: str, identifier: str, place: str, words: str) -> Finding:
    return Finding(kind, f"RRID:{identifier}", _RESOLVER + quote(identifier, safe=":"), place, words)
