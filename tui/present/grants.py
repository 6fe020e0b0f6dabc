"""A record's grants as projects: what each is called, who pays for it, and the awards that it stands for."""

from __future__ import annotations

from tui.detect import nih
from tui.detect.nih import Project
from tui.present.blocks import Run, Target


def name(project: Project, style: str = "") -> Run:
    """The project's number, or its agency's name where it has none; it leads to a search for the project."""
    query = nih.query_for(project)
    text = project.id or project.agency or "No number stated"
    return Run(text, style, Target("search", query) if query else None)


def funder(project: Project) -> str:
    """``NCI NIH HHS, United States``, without what `name` says already."""
    return ", ".join(part for part in (project.agency if project.id else "", project.country) if part)


def awards(project: Project) -> tuple[str, ...]:
    """The numbers of its awards as PubMed has them; empty where they say no more than `name` does."""
    numbers = tuple(grant.id for grant in project.grants if grant.id)
    return numbers if set(numbers) - {project.id} else ()
