"""PubMed's own XML: a PubmedArticleSet of the elements as they were received, byte for byte.

Of a record that was read from MEDLINE text the element is made (`tui.export.made_xml`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from tui.export.made_xml import made
from tui.model.results import Kept

_PROLOG = """\
<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle, 1st January 2025//EN" \
"https://dtd.nlm.nih.gov/ncbi/pubmed/out/pubmed_250101.dtd">
<PubmedArticleSet>
"""

_PARENTS = {"MedlineCitation": "PubmedArticle", "BookDocument": "PubmedBookArticle"}
"""Elements that may not stand in the set by themselves, and what they stand in."""

_NAME = re.compile(r"<(\w+)")
_MATHML = 'xmlns:mml="http://www.w3.org/1998/Math/MathML"'


def write(records: Iterable[Kept]) -> Iterator[str]:
    """One element a piece."""
    yield _PROLOG
    for kept in records:
        yield (_element(kept.xml.decode()) if kept.xml else made(kept.record)) + "\n"
    yield "</PubmedArticleSet>\n"


def _element(xml: str) -> str:
    if "<mml:" in xml and "xmlns:mml" not in xml:  # declared on the root of the set that it was cut from
        xml = xml.replace("<mml:math", f"<mml:math {_MATHML}")
    name = _NAME.match(xml)
    parent = _PARENTS.get(name[1] if name else "")
    return f"<{parent}>{xml}</{parent}>" if parent else xml
