"""From tree to text: ``parse(unparse(tree)) == tree`` for every tree that `parse` gives."""

from __future__ import annotations

from tui.query.dates import written
from tui.query.tree import Combination, Dates, Near, Node, Past, Pmids, Recent, Term


def unparse(node: Node, *, long: bool = False) -> str:
    """A query that means the tree; with `long` the fields are named in full, as PubMed's translations do."""
    match node:
        case Combination(operator, parts):
            return f" {operator} ".join(
                f"({unparse(part, long=long)})" if isinstance(part, Combination) else unparse(part, long=long)
                for part in parts
            )
        case Pmids(pmids):
            return f"{' '.join(map(str, pmids))}[{'PMID' if long else 'pmid'}]"
        case Past(number):
            return f"#{number}"
    name = "" if node.field is None else node.field.name if long else node.field.tag
    match node:
        case Dates(first, last):
            return f"{written(first)}:{written(last)}[{name}]" if first != last else f"{written(first)}[{name}]"
        case Recent(amount, unit):
            return f'"last {amount} {unit}"[{name}]'
        case Near(text, _, distance):
            return f'"{text}"[{name}:~{distance}]'
        case Term(text, field, quoted, explode):
            tag = "" if field is None else f"[{name}]" if explode else f"[{name}:noexp]"
            return f'"{text}"{tag}' if quoted else f"{text}{tag}"
