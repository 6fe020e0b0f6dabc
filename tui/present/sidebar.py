"""The sidebar's page: MeSH headings and grants, each of which leads to a search."""

from __future__ import annotations

from collections.abc import Iterator

from tui.detect import nih
from tui.model.record import MeshHeading, Record
from tui.present import grants, mesh
from tui.present.blocks import Block, Page, Run, Target, heading, item, none_found, paragraph


def page(record: Record) -> Page:
    return (*_mesh(record), *_grants(record))


def _mesh(record: Record) -> Iterator[Block]:
    yield heading(f"MeSH terms ({len(record.mesh)})" if record.mesh else "MeSH terms")
    groups = mesh.groups(record)
    if not groups:
        yield none_found(mesh.why_none(record))
    for name, headings in groups:
        yield Block((Run(name, "dim"),))
        for one in headings:
            yield from _heading(one)


def _heading(one: MeshHeading) -> Iterator[Block]:
    name = one.descriptor.name
    star = "*" if one.descriptor.major else ""
    style = "strong" if one.major else ""
    yield item(Run(name + star, style, Target("search", mesh.query_for(name))), indent=1)
    for qualifier in one.qualifiers:
        star = "*" if qualifier.major else ""
        style = "strong" if qualifier.major else "dim"
        target = Target("search", mesh.query_for(f"{name}/{qualifier.name}"))
        yield item(Run(f"/{qualifier.name}{star}", style, target), indent=3)


def _grants(record: Record) -> Iterator[Block]:
    yield heading(f"Grants ({len(record.grants)})" if record.grants else "Grants")
    projects = nih.projects(record.grants)
    if not projects:
        yield none_found("none stated by PubMed")
    for project in projects:
        yield item(grants.name(project, "strong"), indent=1)
        if grants.funder(project):
            yield item(Run(grants.funder(project), "dim"), indent=3)
        for number in grants.awards(project):
            yield item(grants.name(project)._replace(text=number), indent=3)
    if not record.grants_complete:
        yield paragraph("PubMed's list is not complete.", "dim")
