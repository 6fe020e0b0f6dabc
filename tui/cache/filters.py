"""PubMed's filters and subsets, as far as a record tells itself whether it has them.

What PubMed knows from elsewhere (links to full text, the strategies of its clinical queries) is not among them.
Sources: the PubMed User Guide, "Filters", "PubMed data field descriptions" and "Status Subsets".
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tui.model.folding import fold, key
from tui.model.record import Record

_STATUS = {
    "MEDLINE": "medline",
    "In-Process": "inprocess",
    "In-Data-Review": "inprocess",
    "Publisher": "publisher",
    "PubMed-not-MEDLINE": "pubmednotmedline",
    "OLDMEDLINE": "oldmedline",
    "Completed": "completed",
}
_RELATIONS = {
    kind: f"has{kind.lower()}".replace("hascorrectedand", "hascorrected")
    for kind in (
        *(
            "CommentIn",
            "CommentOn",
            "CorrectedandRepublishedIn",
            "CorrectedandRepublishedFrom",
            "AssociatedPublication",
        ),
        *("AssociatedDataset", "ErratumIn", "ErratumFor", "ExpressionOfConcernIn", "ExpressionOfConcernFor"),
        *("OriginalReportIn", "RepublishedIn", "RepublishedFrom", "RetractedandRepublishedIn"),
        *(
            "RetractedandRepublishedFrom",
            "RetractionIn",
            "RetractionOf",
            "SummaryForPatientsIn",
            "UpdateIn",
            "UpdateOf",
        ),
    )
}
_HOLDS: dict[str, Callable[[Record], bool]] = {
    "hasabstract": lambda record: any(section.text for section in record.abstract.sections),
    "hasstructuredabstract": lambda record: any(section.label for section in record.abstract.sections),
    "hasnonenglishabstract": lambda record: any(each.language not in ("", "eng") for each in record.other_abstracts),
    "hascois": lambda record: bool(record.conflict_of_interest),
    "haskeyword": lambda record: any(owner.keywords for owner in record.keyword_lists),
    "hasdatabanklist": lambda record: bool(record.data_banks),
    "hasnihmsid": lambda record: bool(record.id("mid")),
    "data": lambda record: bool(record.data_banks),
    "free_full_text": lambda record: bool(record.pmcid),
    "pubmed_pmc": lambda record: bool(record.pmcid),
    "full_text": lambda record: bool(record.pmcid or record.doi),
    "books": lambda record: record.book is not None,
    "pubmed_books": lambda record: record.book is not None,
    "pmcbook": lambda record: record.book is not None,
    "pmcbooktitle": lambda record: record.book is not None and not record.title,
    "pmcbookchapter": lambda record: record.book is not None and bool(record.title),
    "retracted": lambda record: record.retracted,
    "systematic": lambda record: (
        any(term.name == "Systematic Review" for term in record.publication_types)
        or "systematic review" in fold(record.title)
    ),
}
_SAID = ("owner", "pubstatus", "jsubset", "indexingmethod_")
"""What filters begin with that end with a word of the record."""


def is_filter(name: str) -> bool:
    """Whether this key is the name of a filter that the record tells."""
    known = name in _HOLDS or name in _STATUS.values() or name in _RELATIONS.values()
    return known or name.startswith(_SAID)


def filters(record: Record) -> Iterator[str]:
    """The filters that a record has, and its subsets, as keys."""
    yield _STATUS.get(record.status, key(record.status))
    for subset in record.citation_subsets:
        yield key(subset)
        yield f"jsubset{key(subset)}"
    yield from (name for name, holds in _HOLDS.items() if holds(record))
    yield from (_RELATIONS[each.kind] for each in record.relations if each.kind in _RELATIONS)
    yield f"owner{key(record.owner)}"
    yield f"pubstatus{key(record.publication_status)}"
    yield f"indexingmethod_{key(record.indexing_method)}"
