"""MeSH subheadings (qualifiers): their abbreviations, as in ``asthma/th[mh]``, and what each has below it.

Sources: the PubMed User Guide, "MeSH Subheadings", for the abbreviations; NLM, "MeSH Qualifier Hierarchies"
(nlm.nih.gov/mesh/subhierarchy.html), for the narrower ones.
"""

from tui.model.folding import words

_NAMES = {
    "aa": "analogs & derivatives", "ab": "abnormalities", "ad": "administration & dosage", "ae": "adverse effects",
    "ag": "agonists", "ah": "anatomy & histology", "ai": "antagonists & inhibitors", "an": "analysis",
    "bi": "biosynthesis", "bl": "blood", "bs": "blood supply", "cf": "cerebrospinal fluid", "ch": "chemistry",
    "ci": "chemically induced", "cl": "classification", "cn": "congenital", "co": "complications",
    "cs": "chemical synthesis", "cy": "cytology", "de": "drug effects", "df": "deficiency", "dg": "diagnostic imaging",
    "dh": "diet therapy", "di": "diagnosis", "dt": "drug therapy", "ec": "economics", "ed": "education",
    "eh": "ethnology", "em": "embryology", "en": "enzymology", "ep": "epidemiology", "es": "ethics", "et": "etiology",
    "gd": "growth & development", "ge": "genetics", "hi": "history", "im": "immunology", "in": "injuries",
    "ip": "isolation & purification", "ir": "innervation", "is": "instrumentation",
    "lj": "legislation & jurisprudence", "me": "metabolism", "mi": "microbiology", "mo": "mortality", "mt": "methods",
    "nu": "nursing", "og": "organization & administration", "pa": "pathology", "pc": "prevention & control",
    "pd": "pharmacology", "ph": "physiology", "pk": "pharmacokinetics", "po": "poisoning", "pp": "physiopathology",
    "ps": "parasitology", "px": "psychology", "py": "pathogenicity", "re": "radiation effects",
    "rh": "rehabilitation", "rt": "radiotherapy", "sc": "secondary", "sd": "supply & distribution", "se": "secretion",
    "sn": "statistics & numerical data", "st": "standards", "su": "surgery", "td": "trends", "th": "therapy",
    "tm": "transmission", "to": "toxicity", "tr": "transplantation", "tu": "therapeutic use", "ul": "ultrastructure",
    "ur": "urine", "ve": "veterinary", "vi": "virology",
}  # fmt: skip
_BELOW = {
    "an": "bl cf ip ur", "ah": "bs cy ul em ab ir pa", "ch": "ag aa ai cs", "cy": "ul", "co": "sc", "di": "pa dg",
    "em": "ab", "ep": "eh mo", "et": "ci co sc cn em ab ge im mi vi ps tm", "mi": "vi", "ae": "po to",
    "me": "bi bl cf df en pk ur", "og": "ec lj st sd td", "pd": "ad ae po to ag ai pk",
    "ph": "ge gd im me bi bl cf df en pk ur pp se", "sn": "ep eh mo sd", "su": "tr", "tu": "ad ae po",
    "th": "dh dt nu pc rt rh su tr",
}  # fmt: skip
"""All that is narrower, at any depth. Under therapeutic use, adverse effects do not hold toxicity."""
_BY_NAME = {
    spelling: name
    for abbreviation, name in _NAMES.items()
    for spelling in (abbreviation, " ".join(words(name)), " ".join(words(name.replace("&", "and"))))
}


def qualifier(text: str) -> str:
    """The subheading with this name or abbreviation, ``drug therapy``; empty for none."""
    return _BY_NAME.get(" ".join(words(text)), "")


_EXPLODED = {
    _NAMES[above]: (_NAMES[above], *(_NAMES[abbreviation] for abbreviation in below.split()))
    for above, below in _BELOW.items()
}
_BROADER = {
    name: tuple(above for above, below in _EXPLODED.items() if name in below[1:])
    for below in _EXPLODED.values()
    for name in below[1:]
}


def exploded(name: str) -> tuple[str, ...]:
    """A subheading and all that are narrower."""
    return _EXPLODED.get(name, (name,))


def broader(name: str) -> tuple[str, ...]:
    """The subheadings above a subheading, at any height."""
    return _BROADER.get(name, ())
