"""Names in the parts that BibTeX and CSL have for them: particle, family name, given name.

PubMed has ``van der Berg`` as one LastName. Only small words before a capital are a particle; a small word further
on (``Caron de Fromentel``) belongs to the name, and so does a particle that its owner writes with a capital.
"""

from __future__ import annotations

import re

from tui.model.clean import one_line
from tui.model.record import Person

_SMALL_WORD = r"(?:[a-z][a-z'\u2019]*|'t)"
_WITH_PARTICLE = re.compile(rf"(?P<particle>{_SMALL_WORD}(?: {_SMALL_WORD})*) (?P<family>[A-Z].*)")
_TOGETHER = re.compile(r"(?<=[^\W\d_])(?=[^\W\d_])")


def family_parts(person: Person) -> tuple[str, str]:
    """Particle and the rest of the family name; a name that has only a given one is given as the rest."""
    name = _blank_free(person.last_name)
    found = _WITH_PARTICLE.fullmatch(name)
    if found:
        return found["particle"], found["family"]
    return "", name or _blank_free(person.fore_name) or _blank_free(person.initials)


def given_name(person: Person) -> str:
    """Given names, or initials set apart (``R A``): programs that abbreviate take the first letter of each word."""
    if not _blank_free(person.last_name):
        return ""
    initials = _blank_free(person.initials)
    name = _blank_free(person.fore_name) or initials
    return _TOGETHER.sub(" ", name) if name == initials and name.isupper() else name


def _blank_free(name: str) -> str:
    """On one line, without blanks of any kind around it."""
    return one_line(name).strip()
