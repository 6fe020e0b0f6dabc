"""From tree to text: ``parse(unparse(tree)) == tree`` for every tree that `parse` gives."""

from __future__ import annotations

from tui.query.dates import written
from tui.query.fields import Field, Kind
from tui.query.tree import Combination, Dates, Near, Node, On, Past, Pmids, Recent, Term


def unparse(node: Node, *, long: bool = False) -> str:
    """A query that means the tree.

    With `long` it is written as PubMed's translations are: fields named in full, small letters, quotation marks. Where
    nothing is left to be mapped, it still means the same.
    """
    match node:
        case Combination(operator, parts):
            return f" {operator} ".join(
                f"({unparse(part, long=long)})" if isinstance(part, Combination) else unparse(part, long=long)
                for part in parts
            )
        case Pmids(pmids):
            return f"{' '.join(map(str, pmids))}[{'UID' if long else 'pmid'}]"
        case Past(number):
            return f"#{number}"
    name = "" if node.field is None else node.field.name if long else node.field.tag
    match node:
        case On(day):
            return f"{written(day)}[{name}]"
        case Dates(first, last):
            return f"{written(first)}:{written(last)}[{name}]"
        case Recent(amount, unit):
            return f'"last {amount} {unit}"[{name}]'
        case Near(text, _, distance):
            return f'"{text.lower() if long else text}"[{name}:~{distance}]'
        case Term(text, field, quoted, explode):
            tag = "" if field is None else f"[{name}]" if explode else f"[{name}:noexp]"
            quoted = quoted or (long and _is_phrase(field))
            written_as = text.lower() if long else text
            return f'"{written_as}"{tag}' if quoted else f"{written_as}{tag}"


def _is_phrase(field: Field | None) -> bool:
    """Whether quotation marks change nothing: around a name they mean that no initials follow."""
    return field is not None and field.kind is not Kind.NAME
