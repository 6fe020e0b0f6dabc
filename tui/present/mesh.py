"""MeSH headings of a record in the order in which they are read: major topics, other topics, check tags apart."""

from __future__ import annotations

from tui.model.record import MeshHeading, Record

CHECK_TAGS = frozenset(
    (
        "Humans", "Animals", "Male", "Female", "Pregnancy", "Infant, Newborn", "Infant", "Child, Preschool", "Child",
        "Adolescent", "Young Adult", "Adult", "Middle Aged", "Aged", "Aged, 80 and over", "Mice", "Rats", "Cats",
        "Cattle", "Dogs", "Rabbits", "Guinea Pigs", "Cricetinae", "Chick Embryo", "Bees", "History, Ancient",
        "History, Medieval", "Comparative Study", "In Vitro Techniques",
    )
)  # fmt: skip
"""Headings that indexers consider for every article (NLM, MEDLINE indexing: check tags)."""


def groups(record: Record) -> list[tuple[str, list[MeshHeading]]]:
    """(name of the group, its headings), without empty groups; inside a group in PubMed's order."""
    sorted_out: dict[str, list[MeshHeading]] = {"Major topics": [], "Topics": [], "Check tags": []}
    for heading in record.mesh:
        if heading.major:
            sorted_out["Major topics"].append(heading)
        elif heading.descriptor.name in CHECK_TAGS and not heading.qualifiers:
            sorted_out["Check tags"].append(heading)
        else:
            sorted_out["Topics"].append(heading)
    return [(name, headings) for name, headings in sorted_out.items() if headings]


def words(heading: MeshHeading) -> str:
    """``Breast Neoplasms / pathology* / secondary``; the star marks a major topic."""
    parts = [(heading.descriptor.name, heading.descriptor.major)]
    parts += [(qualifier.name, qualifier.major) for qualifier in heading.qualifiers]
    return " / ".join(name + ("*" if major else "") for name, major in parts)


def why_none(record: Record) -> str:
    """The clause for `blocks.none_found`."""
    if record.status in ("MEDLINE", "Completed", "OLDMEDLINE"):
        return "none stated by PubMed"
    if record.book:
        return "not offered; PubMed does not index books with MeSH"
    return "not indexed for MEDLINE yet"


def heading_of(record: Record, query: str) -> str:
    """The name of the heading of a record to which a link with this query belongs; empty where to none."""
    for heading in record.mesh:
        name = heading.descriptor.name
        searches = (name, *(f"{name}/{qualifier.name}" for qualifier in heading.qualifiers))
        if query in map(query_for, searches):
            return name
    return ""


def query_for(descriptor: str, tag: str = "mh") -> str:
    """The search for a heading: ``"Breast Neoplasms"[mh]``; as a major topic ``majr``, without what is narrower
    ``mh:noexp``."""
    return '"{}"[{}]'.format(descriptor.replace('"', " "), tag)
