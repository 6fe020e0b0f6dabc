"""A heading as a page to read."""

from __future__ import annotations

from tests.mesh_samples import BREAST_NEOPLASMS
from tui.model.mesh import MeshDescriptor, MeshPlace, MeshView
from tui.present import descriptor
from tui.present.blocks import Page, Target
from tui.present.plain import plain

PATH = (
    MeshPlace("C", "", "Diseases"),
    MeshPlace("C04", "D009369", "Neoplasms"),
    MeshPlace("C04.588", "D009371", "Neoplasms by Site"),
    MeshPlace("C04.588.180", "D001943", "Breast Neoplasms"),
)
VIEW = MeshView(
    BREAST_NEOPLASMS,
    (PATH,),
    (PATH[2],),
    (MeshPlace("C04.588.180.260", "D018567", "Breast Neoplasms, Male", leaf=True),),
    "2026",
)
WHOLE = """\
Breast Neoplasms
Topical descriptor · D001943 · MeSH 2026
1,234 records kept here under it.

WHAT IT MEANS
Growths of the BREAST that are new.

PLACES IN THE TREE
C04.588.180 Diseases > Neoplasms > Neoplasms by Site > Breast Neoplasms

BROADER HEADINGS (1)
Neoplasms by Site

NARROWER HEADINGS (1)
Breast Neoplasms, Male (1 kept)

ENTRY TERMS (3)
Breast Cancer
Cancer of the Breast
Mammary Carcinoma, Human

SEE ALSO
Mammography

QUALIFIERS IT MAY HAVE (2)
chemically induced · pathology

HOW INDEXERS USE IT
coordinate with the type of growth

HISTORY
68; was used otherwise before

INDEXED BEFORE UNDER
Breast (1963-1965) · Neoplasms (1963-1965)

DATES
used since 1966-01-01 · revised 2020-05-27
"""


def targets(page: Page) -> list[Target]:
    return [run.target for block in page for run in block.runs if run.target]


def test_all_that_is_known_of_a_heading() -> None:
    counts = {"Breast Neoplasms": 1234, "Breast Neoplasms, Male": 1}
    assert plain(descriptor.page(VIEW, counts)) == WHOLE


def test_other_headings_lead_to_themselves() -> None:
    assert targets(descriptor.page(VIEW, {})) == [
        Target("mesh", "Neoplasms by Site"),
        Target("mesh", "Breast Neoplasms, Male"),
        Target("mesh", "Mammography"),
    ]


def test_a_heading_of_the_tree_file_says_what_is_not_known() -> None:
    bare = MeshDescriptor("C04.588.180", "Breast Neoplasms", ("C04.588.180",))
    text = plain(descriptor.page(VIEW._replace(descriptor=bare, version="2026, names and tree numbers only"), {}))
    assert "\nMeSH 2026, names and tree numbers only\n" in text
    assert "0 records kept here under it." in text
    assert text.count("Not in the tree file.") == 2


def test_a_heading_outside_of_the_tree() -> None:
    text = plain(descriptor.page(MeshView(MeshDescriptor("D008297", "Male", kind="3"), version="2026"), {"Male": 1}))
    assert "Check tag · D008297 · MeSH 2026" in text
    assert "1 record kept here under it." in text
    assert "None: it stands outside of the tree." in text
    assert "WHAT IT MEANS\nNot stated." in text
    assert "ENTRY TERMS\nNone." in text


def test_what_stands_in_place_of_a_heading() -> None:
    without = plain(descriptor.not_loaded("Breast Neoplasms"))
    assert without.startswith("Breast Neoplasms\nNo MeSH vocabulary is loaded.\npubmed-tui mesh load --fetch ")
    assert "without the headings that are narrower" in without
    assert plain(descriptor.not_loaded("")).startswith("No MeSH")
    assert "MeSH 2026 has no heading of this name." in plain(descriptor.unknown("Old", "2026"))
    assert "Category C of the tree" in plain(descriptor.category(PATH[0]))
