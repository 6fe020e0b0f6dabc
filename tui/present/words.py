"""PubMed's codes in words: kinds of relation, dates of a record's history, languages."""

RELATIONS: dict[str, tuple[str, bool]] = {
    "CommentIn": ("Comment in", False),
    "CommentOn": ("Comment on", False),
    "ErratumIn": ("Erratum in", False),
    "ErratumFor": ("Erratum for", False),
    "RetractionIn": ("Retraction in", True),
    "RetractionOf": ("Retraction of", True),
    "ExpressionOfConcernIn": ("Expression of concern in", True),
    "ExpressionOfConcernFor": ("Expression of concern for", True),
    "CorrectedandRepublishedIn": ("Corrected and republished in", False),
    "CorrectedandRepublishedFrom": ("Corrected and republished from", False),
    "RetractedandRepublishedIn": ("Retracted and republished in", True),
    "RetractedandRepublishedFrom": ("Retracted and republished from", True),
    "RepublishedIn": ("Republished in", False),
    "RepublishedFrom": ("Republished from", False),
    "ReprintIn": ("Reprint in", False),
    "ReprintOf": ("Reprint of", False),
    "UpdateIn": ("Update in", False),
    "UpdateOf": ("Update of", False),
    "SummaryForPatientsIn": ("Summary for patients in", False),
    "OriginalReportIn": ("Original report in", False),
    "AssociatedDataset": ("Associated dataset", False),
    "AssociatedPublication": ("Associated publication", False),
}
"""RefType (CommentsCorrections, pubmed_250101.dtd): its words, and whether the reader must not miss it."""

DATES: dict[str, str] = {
    "published": "Published",
    "received": "Received",
    "revised": "Revised by its authors",
    "accepted": "Accepted",
    "epublish": "Published online",
    "ppublish": "Published in print",
    "aheadofprint": "Ahead of print",
    "ecollection": "In electronic collection",
    "retracted": "Retracted",
    "pubmed": "In PubMed",
    "medline": "In MEDLINE",
    "entrez": "Entered",
    "pmc": "In PMC",
    "pmc-release": "Free in PMC from",
    "premedline": "In process",
}
"""PubStatus (PubMedPubDate, pubmed_250101.dtd)."""

LANGUAGES: dict[str, str] = {
    "eng": "English", "fre": "French", "ger": "German", "spa": "Spanish", "ita": "Italian", "por": "Portuguese",
    "rus": "Russian", "jpn": "Japanese", "chi": "Chinese", "kor": "Korean", "pol": "Polish", "cze": "Czech",
    "slo": "Slovak", "hun": "Hungarian", "dut": "Dutch", "dan": "Danish", "swe": "Swedish", "nor": "Norwegian",
    "fin": "Finnish", "tur": "Turkish", "heb": "Hebrew", "ara": "Arabic", "per": "Persian", "ukr": "Ukrainian",
    "rum": "Romanian", "bul": "Bulgarian", "scr": "Croatian", "hrv": "Croatian", "scc": "Serbian", "srp": "Serbian",
    "slv": "Slovenian", "gre": "Greek", "lit": "Lithuanian", "lat": "Latin", "cat": "Catalan", "tha": "Thai",
    "vie": "Vietnamese", "und": "language not determined", "mul": "several languages",
}  # fmt: skip
"""MARC code of a language, as NLM uses it, to its English name; others are shown as their code."""
