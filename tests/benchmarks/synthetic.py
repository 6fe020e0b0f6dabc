"""Records that nobody wrote, as many as one likes: python tests/benchmarks/synthetic.py FOLDER --records 1000000

Packed files of 30,000 records with their .md5, as the National Library of Medicine publishes its own. The same call
makes the same bytes, on every machine. A full record has some 10 kB, half of it affiliations and references; a lean
one (--lean) has neither.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import sys
import zlib
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from random import Random

from made_mesh import descriptor_file
from made_records import record, year_of

A_FILE = 30_000
"""Records, in NLM's files and here."""
_HEAD = (
    b'<?xml version="1.0" encoding="utf-8"?>\n'
    b'<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle, 1st January 2025//EN" '
    b'"https://dtd.nlm.nih.gov/ncbi/pubmed/out/pubmed_250101.dtd">\n<PubmedArticleSet>\n'
)
_FOOT = b"</PubmedArticleSet>\n"


def file_name(number: int) -> str:
    return f"pubmed26n{number:04}.xml.gz"


def write_file(folder: Path, number: int, total: int, lean: bool) -> int:
    """The file of this number (from 1) among those that `total` records make; how many bytes of XML they have."""
    pmids = range((number - 1) * A_FILE + 1, min(number * A_FILE, total) + 1)
    chance = Random(f"{'lean' if lean else 'full'} {number}")
    packer = zlib.compressobj(6, zlib.DEFLATED, 31)
    size = 0
    path = folder / file_name(number)
    with path.open("wb") as out:
        out.write(packer.compress(_HEAD))
        for pmid in pmids:
            xml = record(chance, pmid, year_of(pmid / (total + 1)), lean).encode()
            size += len(xml)
            out.write(packer.compress(xml))
        out.write(packer.compress(_FOOT) + packer.flush())
    digest = hashlib.md5(path.read_bytes(), usedforsecurity=False).hexdigest()
    path.with_name(path.name + ".md5").write_text(f"MD5({path.name})= {digest}\n")
    return size


def write(folder: Path, total: int, *, lean: bool = False, jobs: int = 1) -> int:
    """All files; how many bytes of XML the records have."""
    folder.mkdir(parents=True, exist_ok=True)
    with ProcessPoolExecutor(jobs) as processes:
        numbers = range(1, -(-total // A_FILE) + 1)
        return sum(processes.map(partial(write_file, folder, total=total, lean=lean), numbers))


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("folder", type=Path)
    words.add_argument("--records", type=int, default=100_000)
    words.add_argument("--lean", action="store_true", help="without affiliations and references")
    words.add_argument("--mesh", type=Path, metavar="FILE", help="the tree of the headings as well, like descYYYY.xml")
    words.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    asked = words.parse_args()
    size = write(asked.folder, asked.records, lean=asked.lean, jobs=asked.jobs)
    if asked.mesh:
        asked.mesh.write_text("".join(descriptor_file()), encoding="utf-8")
    packed = sum(path.stat().st_size for path in asked.folder.glob("*.xml.gz"))
    sys.stdout.write(f"{asked.records:,} records, {size:,} bytes of XML, {packed:,} packed\n")


if __name__ == "__main__":
    main()
