"""A MeSH heading as a page to read: the MeSH screen draws it, `mesh show` prints it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from tui.model.mesh import MeshDescriptor, MeshPlace, MeshView
from tui.present.blocks import Block, Page, Run, Target, heading, item, paragraph

NOT_LOADED = (
    "No MeSH vocabulary is loaded.",
    "pubmed-tui mesh load --fetch gets it once from NLM (17 MB); pubmed-tui mesh load FILE reads a file that you have.",
)
"""What is wrong, and what to do about it."""
_UNEXPLODED = (
    "Until then a heading finds, among the records kept here, those that have it themselves, without the headings that "
    "are narrower. Online it is PubMed that explodes it."
)
KINDS = {"1": "Topical descriptor", "2": "Publication type", "3": "Check tag", "4": "Geographic descriptor"}
"""DescriptorClass in words."""


def not_loaded(name: str) -> Page:
    """In place of a heading, or of the tree, where there is no vocabulary."""
    title = (Block((Run(name, "strong"),), "title"),) if name else ()
    return (*title, paragraph(NOT_LOADED[0], "warning"), paragraph(NOT_LOADED[1]), paragraph(_UNEXPLODED, "dim"))


def unknown(name: str, version: str) -> Page:
    """A heading that the vocabulary does not have: of another year, or misspelled."""
    return (
        Block((Run(name, "strong"),), "title"),
        paragraph(f"MeSH {version} has no heading of this name. It may be of another year.", "dim"),
    )


def category(place: MeshPlace) -> Page:
    """One of the sixteen parts of the tree."""
    return (
        Block((Run(place.name, "strong"),), "title"),
        paragraph(f"Category {place.number} of the tree: not a heading, and on no record.", "dim"),
    )


def page(view: MeshView, counts: Mapping[str, int]) -> Page:
    """A heading with what stands around it. `counts` says how many kept records are under a heading, by its name."""
    one = view.descriptor
    return (
        Block((Run(one.name, "strong"),), "title"),
        paragraph(_identity(view), "dim"),
        paragraph(kept(counts.get(one.name, 0))),
        *_text("What it means", one.scope_note, "Not stated." if one.kind else "Not in the tree file."),
        *_positions(view),
        *_headings("Broader headings", view.broader, counts),
        *_headings("Narrower headings", view.narrower, counts),
        *_entry_terms(one),
        *_others("See also", one.see_also),
        *_others("Pharmacological actions", one.actions),
        *_qualifiers(one),
        *_notes(one),
    )


def kept(count: int) -> str:
    """How many records are under a heading."""
    return f"{count:,} {'record' if count == 1 else 'records'} kept here under it."


def _identity(view: MeshView) -> str:
    one = view.descriptor
    ui = "" if one.ui in one.tree_numbers else one.ui
    return " · ".join(part for part in (KINDS.get(one.kind, ""), ui, f"MeSH {view.version}") if part)


def _text(name: str, text: str, why_none: str) -> Iterator[Block]:
    yield heading(name)
    yield paragraph(text) if text else paragraph(why_none, "dim")


def _positions(view: MeshView) -> Iterator[Block]:
    yield heading("Places in the tree")
    if not view.paths:
        yield paragraph("None: it stands outside of the tree.", "dim")
    for path in view.paths:
        yield item(Run(f"{path[-1].number}  ", "label"), Run(" > ".join(place.name for place in path)))


def _headings(name: str, places: Sequence[MeshPlace], counts: Mapping[str, int]) -> Iterator[Block]:
    yield heading(f"{name} ({len(places)})" if places else name)
    if not places:
        yield paragraph("None.", "dim")
    for place in places:
        count = counts.get(place.name, 0)
        yield item(_link(place.name), Run(f"  ({count:,} kept)" if count else "", "dim"))


def _others(name: str, names: Iterable[str]) -> Iterator[Block]:
    links = [item(_link(each)) for each in names]
    if links:
        yield heading(name)
        yield from links


def _link(name: str) -> Run:
    return Run(name, "", Target("mesh", name))


def _entry_terms(one: MeshDescriptor) -> Iterator[Block]:
    yield heading(f"Entry terms ({len(one.entry_terms)})" if one.entry_terms else "Entry terms")
    if not one.entry_terms:
        yield paragraph("None." if one.kind else "Not in the tree file.", "dim")
    for term in one.entry_terms:
        yield item(Run(term))


def _qualifiers(one: MeshDescriptor) -> Iterator[Block]:
    if one.qualifiers:
        yield heading(f"Qualifiers it may have ({len(one.qualifiers)})")
        yield paragraph(" · ".join(sorted(qualifier.name for qualifier in one.qualifiers)))


def _notes(one: MeshDescriptor) -> Iterator[Block]:
    dates = " · ".join(
        f"{name} {date}" for name, date in (("used since", one.established), ("revised", one.revised)) if date
    )
    for name, text in (
        ("How indexers use it", one.annotation),
        ("History", one.public_note),
        ("Indexed before under", " · ".join(one.previous_indexing)),
        ("Dates", dates),
    ):
        if text:
            yield from _text(name, text, "")
