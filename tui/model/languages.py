"""Languages by the three-letter MARC code that NLM uses, in English words (Language, pubmed_250101.dtd)."""

from __future__ import annotations

from collections.abc import Sequence

LANGUAGES: dict[str, str] = {
    "afr": "Afrikaans", "alb": "Albanian", "amh": "Amharic", "ara": "Arabic", "arm": "Armenian", "aze": "Azerbaijani",
    "ben": "Bengali", "bos": "Bosnian", "bul": "Bulgarian", "cat": "Catalan", "chi": "Chinese", "cze": "Czech",
    "dan": "Danish", "dut": "Dutch", "eng": "English", "epo": "Esperanto", "est": "Estonian", "fin": "Finnish",
    "fre": "French", "geo": "Georgian", "ger": "German", "gla": "Scottish Gaelic", "gre": "Greek", "heb": "Hebrew",
    "hin": "Hindi", "hrv": "Croatian", "hun": "Hungarian", "ice": "Icelandic", "ind": "Indonesian", "ita": "Italian",
    "jpn": "Japanese", "kin": "Kinyarwanda", "kor": "Korean", "lat": "Latin", "lav": "Latvian", "lit": "Lithuanian",
    "mac": "Macedonian", "mal": "Malayalam", "mao": "Maori", "may": "Malay", "mul": "Multiple Languages",
    "nor": "Norwegian", "per": "Persian", "pol": "Polish", "por": "Portuguese", "pus": "Pushto", "rum": "Romanian",
    "rus": "Russian", "san": "Sanskrit", "scc": "Serbian", "scr": "Croatian", "slo": "Slovak", "slv": "Slovenian",
    "spa": "Spanish", "srp": "Serbian", "swe": "Swedish", "tha": "Thai", "tur": "Turkish", "ukr": "Ukrainian",
    "und": "Undetermined Language", "urd": "Urdu", "vie": "Vietnamese", "wel": "Welsh",
}  # fmt: skip
"""The codes of PubMed's help, "Languages"; an unknown one stands for itself."""


def named(code: str) -> str:
    """``French`` for ``fre``."""
    return LANGUAGES.get(code.lower(), code)


def spoken(codes: Sequence[str]) -> list[str]:
    """The names of the languages; none where it is English alone."""
    return [] if tuple(codes) in ((), ("eng",)) else [named(code) for code in codes]
