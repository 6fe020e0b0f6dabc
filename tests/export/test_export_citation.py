"""References: one record in every style, and whatever a record may hold."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given, settings

from tests.export.export_samples import RECORDS, RICH, real
from tests.export.reference_samples import AHEAD, article, people, told
from tests.export.test_export_reference import words_of_html, words_of_markdown
from tests.recorded import needs_data
from tui.export import imprint
from tui.export.citation import STYLES, UnknownStyle, citation, style_named
from tui.model.dates import PartialDate
from tui.model.problem import Problem
from tui.model.record import ArticleDate, Book, Identifier, Issue, Journal, Pagination, Record, Relation, Term

RETRACTED = (Term("Retracted Publication"),)

CELLS = article(
    "Karnoub, Antoine E; Weinberg, Robert A",
    "Cells move.",
    ("Nature", "2007 Oct 4", "449", "7162", "557-63", "10.1038/nature06188"),
    pmid=17914389,
)
FRENCH: dict[str, Any] = {
    "title": "[Do cells move?].",
    "vernacular_title": "Les cellules bougent-elles ?",
    "languages": ("fre",),
}
BOOK = Book(
    "GeneReviews",
    publisher="University of Washington, Seattle",
    publisher_location="Seattle (WA)",
    beginning=PartialDate("1993"),
    ending=PartialDate("2025"),
    date=PartialDate("1993"),
    medium="Internet",
    contributed=PartialDate("2006", "2", "15"),
    authors=people("Adam, Margaret P; Feldman, Jerry; Mirzaa, Ghayda M", "editors"),
)
CHAPTER = Record(
    20301577,
    title="Timothy Syndrome",
    author_lists=people("Napolitano, Carlo; Priori, Silvia G", "authors"),
    revised=PartialDate("2024", "12", "19"),
    ids=(Identifier("bookaccession", "NBK1403"),),
    book=BOOK,
)

CASES = [
    (
        "plain",
        CELLS,
        (
            "Karnoub AE, Weinberg RA. Cells move. Nature. 2007 Oct 4;449(7162):557-63. doi: 10.1038/nature06188. "
            "PMID: 17914389.",
            "Karnoub AE, Weinberg RA. Cells move. _Nature_. 2007;449(7162):557-563. doi:10.1038/nature06188",
            "Karnoub, A. E., & Weinberg, R. A. (2007). Cells move. _Nature, 449_(7162), 557–563. "
            "https://doi.org/10.1038/nature06188",
            "Karnoub, Antoine E., and Robert A. Weinberg. “Cells move.” _Nature_, vol. 449, no. 7162, 4 Oct. 2007, "
            "pp. 557-63, https://doi.org/10.1038/nature06188.",
            "Karnoub AE, Weinberg RA. Cells move. Nature. 2007;449(7162):557-63. doi: 10.1038/nature06188.",
        ),
    ),
    (
        "not in English, no DOI",
        CELLS._replace(ids=(), **FRENCH),
        (
            "Karnoub AE, Weinberg RA. [Do cells move?]. Nature. 2007 Oct 4;449(7162):557-63. French. PMID: 17914389.",
            "Karnoub AE, Weinberg RA. [Do cells move?]. Article in French. _Nature_. 2007;449(7162):557-563.",
            "Karnoub, A. E., & Weinberg, R. A. (2007). Les cellules bougent-elles ? [Do cells move?]. _Nature, "
            "449_(7162), 557–563.",
            "Karnoub, Antoine E., and Robert A. Weinberg. “Les cellules bougent-elles ?” [“Do cells move?”]. "
            "_Nature_, vol. 449, no. 7162, 4 Oct. 2007, pp. 557-63.",
            "Karnoub AE, Weinberg RA. [Do cells move?]. Nature. 2007;449(7162):557-63. French.",
        ),
    ),
    (
        "ahead of print",
        CELLS._replace(issue=Issue(date=PartialDate("2007", "Sep", "26")), pagination=Pagination(), **AHEAD),
        (
            "Karnoub AE, Weinberg RA. Cells move. Nature. 2007 Sep 26. doi: 10.1038/nature06188. Epub ahead of "
            "print. PMID: 17914389.",
            "Karnoub AE, Weinberg RA. Cells move. _Nature_. Published online September 26, 2007. "
            "doi:10.1038/nature06188",
            "Karnoub, A. E., & Weinberg, R. A. (2007). Cells move. _Nature_. Advance online publication. "
            "https://doi.org/10.1038/nature06188",
            "Karnoub, Antoine E., and Robert A. Weinberg. “Cells move.” _Nature_, 26 Sept. 2007, "
            "https://doi.org/10.1038/nature06188.",
            "Karnoub AE, Weinberg RA. Cells move. Nature. 2007 Sep 26. doi: 10.1038/nature06188. Epub ahead of print.",
        ),
    ),
    (
        "electronic only, retracted without a known notice",
        CELLS._replace(
            publication_model="Electronic-eCollection",
            article_dates=(ArticleDate(PartialDate("2007", "09", "26")),),
            pagination=Pagination("e12"),
            publication_types=RETRACTED,
        ),
        (
            "Karnoub AE, Weinberg RA. Cells move [retracted]. Nature. 2007 Sep 26;449(7162):e12. doi: "
            "10.1038/nature06188. PMID: 17914389.",
            "Karnoub AE, Weinberg RA. Cells move [retracted]. _Nature_. 2007;449(7162):e12. doi:10.1038/nature06188",
            "Karnoub, A. E., & Weinberg, R. A. (2007). Cells move [Retracted]. _Nature, 449_(7162), Article e12. "
            "https://doi.org/10.1038/nature06188",
            "Karnoub, Antoine E., and Robert A. Weinberg. “Cells move.” _Nature_, vol. 449, no. 7162, 26 Sept. 2007, "
            "article e12, https://doi.org/10.1038/nature06188. Retracted article.",
            "Karnoub AE, Weinberg RA. Cells move [retracted]. Nature. 2007;449(7162):e12. doi: 10.1038/nature06188.",
        ),
    ),
    (
        "retracted and republished",
        CELLS._replace(
            ids=(), relations=(Relation("RetractedandRepublishedIn", "Nature. 2008 Jan 3;451(7174):12-4."),)
        ),
        (
            "Karnoub AE, Weinberg RA. Cells move. Nature. 2007 Oct 4;449(7162):557-63. Retracted and republished in: "
            "Nature. 2008 Jan 3;451(7174):12-4. PMID: 17914389.",
            "Karnoub AE, Weinberg RA. Cells move [retracted and republished in: Nature. 2008 Jan 3;451(7174):12-4]. "
            "_Nature_. 2007;449(7162):557-563.",
            "Karnoub, A. E., & Weinberg, R. A. (2007). Cells move. _Nature, 449_(7162), 557–563. (Retracted and "
            "republished 2008, _Nature, 451_[7174], 12–14)",
            "Karnoub, Antoine E., and Robert A. Weinberg. “Cells move.” _Nature_, vol. 449, no. 7162, 4 Oct. 2007, "
            "pp. 557-63. Retracted and republished in Nature. 2008 Jan 3;451(7174):12-4.",
            "Karnoub AE, Weinberg RA. Cells move. Nature. 2007;449(7162):557-63. Retracted and republished in: "
            "Nature. 2008 Jan 3;451(7174):12-4.",
        ),
    ),
    (
        "no authors, supplement, a date of months",
        CELLS._replace(
            author_lists=(),
            ids=(),
            issue=Issue("12", "3 Suppl 1", PartialDate(medline_date="1998 Dec-1999 Jan")),
            pagination=Pagination("S12-8"),
        ),
        (
            "Cells move. Nature. 1998 Dec-1999 Jan;12(3 Suppl 1):S12-8. PMID: 17914389.",
            "Cells move. _Nature_. 1998-1999;12(3 suppl 1):S12-S18.",
            "Cells move. (1998–1999). _Nature, 12_(3, Suppl. 1), S12–S18.",
            "“Cells move.” _Nature_, vol. 12, no. 3, supp. 1, Dec. 1998-Jan. 1999, pp. S12-S18.",
            "Cells move. Nature. 1998-1999;12(3 Suppl 1):S12-8.",
        ),
    ),
    (
        "preprint",
        CELLS._replace(
            journal=Journal("medRxiv : the preprint server for health sciences", medline_ta="medRxiv"),
            issue=Issue(date=PartialDate("2025", "Aug", "2")),
            pagination=Pagination("2025.08.01.25332595"),
            publication_types=(Term("Journal Article"), Term("Preprint")),
            publication_model="Electronic",
        ),
        (
            "Karnoub AE, Weinberg RA. Cells move. medRxiv [Preprint]. 2025 Aug 2:2025.08.01.25332595. doi: "
            "10.1038/nature06188. PMID: 17914389.",
            "Karnoub AE, Weinberg RA. Cells move. _medRxiv_. Preprint posted online August 2, 2025. "
            "doi:10.1038/nature06188",
            "Karnoub, A. E., & Weinberg, R. A. (2025). Cells move. _medRxiv_. https://doi.org/10.1038/nature06188",
            "Karnoub, Antoine E., and Robert A. Weinberg. “Cells move.” _medRxiv_, 2 Aug. 2025, "
            "https://doi.org/10.1038/nature06188.",
            "Karnoub AE, Weinberg RA. Cells move. medRxiv [Preprint]. 2025 Aug 2. doi: 10.1038/nature06188.",
        ),
    ),
    (
        "chapter",
        CHAPTER,
        (
            "Napolitano C, Priori SG. Timothy Syndrome. 2006 Feb 15 [updated 2024 Dec 19]. In: Adam MP, Feldman J, "
            "Mirzaa GM, editors. GeneReviews [Internet]. Seattle (WA): University of Washington, Seattle; "
            "1993-2025. PMID: 20301577.",
            "Napolitano C, Priori SG. Timothy Syndrome. In: Adam MP, Feldman J, Mirzaa GM, eds. _GeneReviews_. "
            "University of Washington, Seattle; 1993-2025. Updated December 19, 2024. "
            "https://www.ncbi.nlm.nih.gov/books/NBK1403/",
            "Napolitano, C., & Priori, S. G. (2006). Timothy Syndrome. In M. P. Adam, J. Feldman, & G. M. Mirzaa "
            "(Eds.), _GeneReviews_. University of Washington, Seattle. https://www.ncbi.nlm.nih.gov/books/NBK1403/",
            "Napolitano, Carlo, and Silvia G. Priori. “Timothy Syndrome.” _GeneReviews_, edited by Margaret P. Adam "
            "et al., University of Washington, Seattle, 15 Feb. 2006, https://www.ncbi.nlm.nih.gov/books/NBK1403/.",
            "Napolitano C, Priori SG. Timothy Syndrome. 2006 Feb 15 [updated 2024 Dec 19]. In: Adam MP, Feldman J, "
            "Mirzaa GM, editors. GeneReviews [Internet]. Seattle (WA): University of Washington, Seattle; "
            "1993-2025. Available from: https://www.ncbi.nlm.nih.gov/books/NBK1403/",
        ),
    ),
    (
        "whole book with one editor",
        CHAPTER._replace(
            title="",
            author_lists=(),
            revised=PartialDate(),
            book=BOOK._replace(authors=people("Adam, Margaret P", "editors")),
        ),
        (
            "Adam MP, editor. GeneReviews [Internet]. Seattle (WA): University of Washington, Seattle; 1993-2025. "
            "PMID: 20301577.",
            "Adam MP, ed. _GeneReviews_. University of Washington, Seattle; 1993-2025. "
            "https://www.ncbi.nlm.nih.gov/books/NBK1403/",
            "Adam, M. P. (Ed.). (2006). _GeneReviews_. University of Washington, Seattle. "
            "https://www.ncbi.nlm.nih.gov/books/NBK1403/",
            "Adam, Margaret P., editor. _GeneReviews_. University of Washington, Seattle, 15 Feb. 2006, "
            "https://www.ncbi.nlm.nih.gov/books/NBK1403/.",
            "Adam MP, editor. GeneReviews [Internet]. Seattle (WA): University of Washington, Seattle; 1993-2025. "
            "Available from: https://www.ncbi.nlm.nih.gov/books/NBK1403/",
        ),
    ),
    (
        "nothing known",
        Record(1),
        ("[date unknown]. PMID: 1.", "", "(n.d.).", "", "[date unknown]."),
    ),
]


@pytest.mark.parametrize(
    ("record", "expected"), [(record, told) for _, record, told in CASES], ids=[name for name, *_ in CASES]
)
def test_one_record_in_every_style(record: Record, expected: tuple[str, ...]) -> None:
    assert tuple(told(style.cite(record)) for style in STYLES) == expected


def test_markup_and_links_in_the_other_forms() -> None:
    reference = citation(RICH, "ama")
    assert "CCL5 and H\u2082O in tumours [retracted in:" in reference.plain()
    assert "<i>CCL5</i> and H<sub>2</sub>O in tumours [retracted in:" in reference.html()
    assert '<i>Nature</i>. 2007;449(7162):557-563. <a href="https://doi.org/10.1038/nature06188">' in reference.html()
    assert "*CCL5* and H<sub>2</sub>O in tumours \\[retracted in:" in reference.markdown()
    assert reference.markdown().endswith("[doi:10.1038/nature06188](https://doi.org/10.1038/nature06188)")


def test_a_style_is_found_in_any_capitals_and_an_unknown_one_is_told_the_nearest() -> None:
    assert style_named(" NLM ").name == "nlm"
    with pytest.raises(UnknownStyle) as caught:
        citation(CELLS, "vancover")
    assert isinstance(caught.value, Problem)
    assert caught.value.exit_status == 2
    assert "'vancover'" in caught.value.message
    assert "Did you mean vancouver?" in caught.value.hint
    assert all(style.name in caught.value.hint for style in STYLES)


@pytest.mark.parametrize("style", [style.name for style in STYLES])
@settings(deadline=None, max_examples=60)
@given(record=RECORDS)
def test_hostile_records_stay_on_one_line_and_inject_nothing(style: str, record: Record) -> None:
    reference = citation(record, style)
    segments = "".join(text for run in reference.runs for text, _ in run.segments)
    assert "\n" not in reference.plain()
    assert re.search("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\ud800-\udfff]", reference.plain()) is None
    html, markdown = words_of_html(reference.html()), words_of_markdown(reference.markdown())
    assert (html.text, markdown.text.strip()) == (segments, segments.strip())
    assert html.links == markdown.links
    hosts = ("https://doi.org/", "https://pubmed.ncbi.nlm.nih.gov/", "https://pmc.ncbi.nlm.nih.gov/")
    assert all(link.startswith(hosts) and re.fullmatch(r"[\w.~:/;%-]+", link, re.ASCII) for link in html.links)


_ODD = re.compile(r"\.\.|,,|;;|::|  | [,;:.]|[\[(][ \])]|,\.|;\.|:\.")


def _strings(value: Any) -> list[str]:
    """All texts that a record holds."""
    if isinstance(value, str):
        return [value]
    return [text for part in value for text in _strings(part)] if isinstance(value, tuple) else []


@needs_data
@pytest.mark.parametrize("style", [style.name for style in STYLES])
def test_real_records_are_cited_whole(style: str) -> None:
    assert len(real()) > 2000
    for record in real():
        reference = citation(record, style)
        plain = reference.plain()
        odd = set(_ODD.findall(plain.replace(". . . ", "")))
        assert all(any(found in text for text in _strings(record)) for found in odd), (odd, plain)
        dates = {record.date, imprint.leading_date(record), record.revised if record.book else record.date}
        assert any(str(date.year_number or "") in plain for date in dates)
        assert record.doi in plain
    for record in real()[::10]:
        reference = citation(record, style)
        assert words_of_html(reference.html()).text == words_of_markdown(reference.markdown()).text
