"""Importing files: every form they come in, stopped at any moment, damaged, revised, in any order."""

from __future__ import annotations

import gzip
import itertools
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

from tests.cache.cache_search import how_many
from tests.library.opened import Clock
from tests.made_up import TITLE, article, article_set, deletion
from tui.cache import Cache
from tui.library.batches import BATCH, Task, batches
from tui.library.bulk import Import, Progress, Report
from tui.library.packed import Unreadable
from tui.model.results import Origin
from tui.parse import NotPubMedXml, Truncated

HERE = Path(__file__).parent
DATA = HERE.parents[2] / "shared" / "data" / "pubmed_xml"
MEGABYTE = 1 << 20


@pytest.fixture
def importing(path: Path, clock: Clock) -> Iterator[Import]:
    with Import(path, now=clock) as importing:
        yield importing


@pytest.fixture
def cache(path: Path, importing: Import) -> Iterator[Cache]:
    """Another connection to the same cache."""
    cache = Cache.open(path)
    yield cache
    cache.close()


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Write a file of PubMed XML."""

    def write(name: str, elements: Iterable[bytes]) -> Path:
        file = tmp_path / name
        xml = article_set(elements)
        file.write_bytes(gzip.compress(xml, mtime=0) if file.suffix == ".gz" else xml)
        return file

    return write


def contents(cache: Cache) -> dict[int, bytes]:
    """All that is kept, by PMID."""
    return {pmid: stored.xml for pmid, stored in cache.records.iter_xml(cache.records.pmids("pmid"))}


class TestForms:
    @pytest.mark.parametrize("name", ["few.xml", "few.xml.gz"])
    def test_packed_or_not(self, importing: Import, cache: Cache, write: Callable[..., Path], name: str) -> None:
        file = write(name, [article(2), article(1)])
        assert importing.take(file) == Report(2, 2, 0, resumed=False, already=False)
        assert contents(cache) == {1: article(1), 2: article(2)}
        assert cache.records.rows([1])[1].title == TITLE
        assert how_many(cache, "stromal") == 2

    def test_where_a_record_is_from(
        self, importing: Import, cache: Cache, write: Callable[..., Path], clock: Clock
    ) -> None:
        importing.take(write("few.xml", [article(1)]))
        importing.take(write("others.xml", [article(2)]), source="a friend")
        stored = cache.records.get_many([1, 2])
        assert stored[1].origin == ("few.xml", clock.now)
        assert stored[2].origin == ("a friend", clock.now)

    def test_imported_records_were_not_seen(self, importing: Import, cache: Cache, write: Callable[..., Path]) -> None:
        importing.take(write("few.xml", [article(1)]))
        importing.take(write("others.xml", [article(2)]), seen=True)
        assert [stored.seen > 0 for stored in cache.records.get_many([1, 2]).values()] == [False, True]

    @pytest.mark.parametrize("zeros", [1, 512, 600_000])
    def test_several_members_and_zeros_at_the_end(
        self, importing: Import, cache: Cache, tmp_path: Path, zeros: int
    ) -> None:
        xml = article_set([article(1), article(2)])
        file = tmp_path / "members.xml.gz"
        parts = (xml[:500], xml[500:501], xml[501:])
        file.write_bytes(b"".join(map(gzip.compress, parts)) + bytes(zeros))
        assert importing.take(file).records == 2
        assert set(contents(cache)) == {1, 2}

    def test_zeros_between_members(self, importing: Import, tmp_path: Path) -> None:
        xml = article_set([article(1), article(2)])
        file = tmp_path / "members.xml.gz"
        file.write_bytes(gzip.compress(xml[:500]) + bytes(300_000) + gzip.compress(xml[500:]))
        assert importing.take(file).records == 2

    def test_a_packed_file_that_has_another_name(self, importing: Import, tmp_path: Path) -> None:
        file = tmp_path / "records"
        file.write_bytes(gzip.compress(article_set([article(1)])))
        assert importing.take(file).records == 1

    def test_a_set_without_records(self, importing: Import, write: Callable[..., Path]) -> None:
        assert importing.take(write("none.xml", [])) == Report(0, 0, 0, resumed=False, already=False)

    @pytest.mark.skipif(not DATA.exists(), reason="the real records are not beside the repository")
    def test_a_real_file_with_deletions(self, importing: Import, cache: Cache) -> None:
        report = importing.take(DATA / "internetarchive__pubmedsample_2019.xml.gz")
        assert report.records == 176
        assert cache.records.info().records == report.stored - report.deleted
        assert cache.check() == ()


class TestProgress:
    def test_it_is_told_to_the_end(self, importing: Import, write: Callable[..., Path]) -> None:
        file = write("many.xml", [article(pmid, abstract="word " * 200) for pmid in range(1, 1901)])
        told: list[Progress] = []
        importing.take(file, told.append)
        assert len(told) > 1
        assert told == sorted(told)
        assert told[-1] == Progress(file.stat().st_size, file.stat().st_size, 1900, 0)

    def test_batches_are_kept_as_they_are_full_and_others_read_and_write_meanwhile(
        self, importing: Import, cache: Cache, write: Callable[..., Path]
    ) -> None:
        file = write("many.xml", [article(pmid, abstract="word " * 400) for pmid in range(1, 4001)])
        counts: list[int] = []

        def progress(_done: Progress) -> None:
            counts.append(cache.records.info().records)
            cache.records.mark_seen([1], 1e9)
            assert cache.records.missing([1]) == {}

        importing.take(file, progress)
        assert len(counts) >= 3
        assert all(later - earlier >= BATCH for earlier, later in itertools.pairwise([0, *counts[:-1]]))
        assert cache.records.info().records == 4000
        assert cache.records.get_many([1])[1].seen == 1e9


def test_memory_does_not_grow_with_the_file(path: Path, tmp_path: Path) -> None:
    """The larger of the two has 80 MiB more of records, and packed is as small."""
    peaks = []
    for count in (2 * BATCH, 10 * BATCH):
        file = tmp_path / f"{count}.xml.gz"
        with gzip.open(file, "wb", 1) as packed:
            packed.write(b"<PubmedArticleSet>")
            for pmid in range(1, count + 1):
                packed.write(article(pmid, abstract="a" * 20_000))
            packed.write(b"</PubmedArticleSet>")
        with child(path, file) as started:
            told = [json.loads(line) for line in started.communicate()[0].splitlines()]
        assert told[-2]["records"] == count
        peaks.append(told[-1]["peak"] * 1024)
    assert peaks[1] - peaks[0] < 12 * MEGABYTE


class TestStoppedAndResumed:
    @pytest.mark.parametrize("name", ["many.xml", "many.xml.gz"])
    def test_killed_at_several_moments(self, path: Path, tmp_path: Path, write: Callable[..., Path], name: str) -> None:
        """The same records as in one go: each once, none half, the deletions obeyed."""
        pmids = range(1, 4001)
        articles = [article(pmid, abstract=os.urandom(600).hex()) for pmid in pmids]
        file = write(name, [*articles[:1700], deletion(5, 6), *articles[1700:], deletion(3999, 1), article(1)])
        kept = [0]
        for pieces in (0, 1, 1, 2):
            with child(path, file) as started:
                assert started.stdout is not None
                assert started.stdin is not None
                for _ in range(pieces):
                    started.stdout.readline()
                    started.stdin.write("go on\n")
                    started.stdin.flush()
                started.kill()
                started.communicate()
            cache = Cache.open(path)
            kept.append(cache.records.info().records)
            assert cache.check() == ()
            cache.close()
        assert kept == sorted(kept)
        assert set(kept) <= sizes(file), "whole batches"
        assert any(0 < records < 3997 for records in kept), "it was killed in the midst"

        with Import(path) as importing:
            report = importing.take(file)
            assert report == Report(4001, report.stored, report.deleted, resumed=True, already=False)
            assert importing.take(file).already
        with Import(tmp_path / "other.db") as importing:
            importing.take(file)
        stopped, whole = Cache.open(path), Cache.open(tmp_path / "other.db")
        assert contents(stopped) == contents(whole)
        assert set(contents(whole)) == set(pmids) - {5, 6, 3999}
        assert stopped.records.rows(pmids) == whole.records.rows(pmids)
        assert how_many(stopped, "stromal") == how_many(whole, "stromal") == 3997
        stopped.close()
        whole.close()

    def test_what_was_imported_is_not_imported_again(
        self, importing: Import, cache: Cache, write: Callable[..., Path]
    ) -> None:
        file = write("few.xml", [article(1), article(2)])
        importing.take(file)
        cache.records.delete([1])
        assert importing.take(file) == Report(2, 0, 0, resumed=False, already=True)
        assert set(contents(cache)) == {2}

    def test_the_same_under_another_name(self, importing: Import, write: Callable[..., Path]) -> None:
        importing.take(write("few.xml", [article(1), article(2)]))
        assert importing.take(write("copy.xml", [article(1), article(2)])).stored == 0

    def test_a_revised_file_of_the_same_name(self, importing: Import, cache: Cache, write: Callable[..., Path]) -> None:
        importing.take(write("few.xml", [article(1, "Old title.")]))
        report = importing.take(write("few.xml", [article(1, "New title.", revised=20240101), article(2)]))
        assert report == Report(2, 2, 0, resumed=False, already=False)
        assert cache.records.rows([1])[1].title == "New title."


class TestWhichCopyStays:
    @pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
    def test_the_newest_whatever_the_order_of_files(
        self, importing: Import, cache: Cache, write: Callable[..., Path], order: tuple[int, ...]
    ) -> None:
        files = [
            write("a.xml", [article(1, "First.", version=1, revised=20200101)]),
            write("b.xml", [article(1, "Second.", version=2, revised=20210101)]),
            write("c.xml", [article(1, "First, revised late.", version=1, revised=20230101)]),
        ]
        for number in order:
            importing.take(files[number])
        assert cache.records.rows([1])[1].title == "Second."

    def test_the_newest_within_a_file(self, importing: Import, cache: Cache, write: Callable[..., Path]) -> None:
        importing.take(write("a.xml", [article(1, "New.", revised=20230101), article(1, "Old.", revised=20200101)]))
        assert cache.records.rows([1])[1].title == "New."


class TestDeletions:
    def test_they_are_obeyed(self, importing: Import, cache: Cache, write: Callable[..., Path]) -> None:
        importing.take(write("a.xml", [article(1), article(2), article(3)]))
        report = importing.take(write("b.xml", [article(4), deletion(1, 3, 4, 99)]))
        assert report == Report(1, 1, 3, resumed=False, already=False)
        assert set(contents(cache)) == {2}
        assert how_many(cache, "stromal") == 1

    def test_in_the_order_of_the_file(self, importing: Import, cache: Cache, write: Callable[..., Path]) -> None:
        importing.take(write("a.xml", [article(1), deletion(1, 2), article(2), deletion(3), article(3), deletion(3)]))
        assert set(contents(cache)) == {2}

    @pytest.mark.parametrize("order", list(itertools.permutations(range(4))))
    def test_whatever_the_order_of_nlms_files(
        self, importing: Import, cache: Cache, write: Callable[..., Path], order: tuple[int, ...]
    ) -> None:
        """A record that was made, revised, withdrawn and made again."""
        files = [
            write("pubmed26n0001.xml", [article(1, "First.", revised=20200101)]),
            write("pubmed26n1300.xml", [article(1, "Revised.", revised=20260101)]),
            write("pubmed26n1301.xml", [article(7, revised=20260102), deletion(1)]),
            write("pubmed26n1400.xml", [article(1, "Again.", revised=20260601)]),
        ]
        for number in order:
            importing.take(files[number])
        assert cache.records.rows([1])[1].title == "Again."
        importing.take(write("pubmed26n1401.xml", [deletion(1)]))
        importing.take(write("pubmed26n1399.xml", [article(1, "Late.", revised=20260601)]))
        assert set(contents(cache)) == {7}
        assert cache.check() == ()


class TestWhatCannotBeImported:
    """The error says why; what stood before the fault is kept, and the next file is imported."""

    @pytest.fixture
    def many(self, write: Callable[..., Path]) -> Path:
        return write("many.xml.gz", [article(pmid, abstract=os.urandom(600).hex()) for pmid in range(1, 2001)])

    def test_a_packed_file_that_is_cut_short(self, importing: Import, cache: Cache, many: Path) -> None:
        whole = many.read_bytes()
        many.write_bytes(whole[: len(whole) * 3 // 4])
        with pytest.raises(Unreadable, match="cut short"):
            importing.take(many)
        before = cache.records.info().records
        assert BATCH < before < 1500
        many.write_bytes(whole)
        assert importing.take(many) == Report(2000, 2000 - before, 0, resumed=False, already=False)

    def test_a_packed_file_that_lacks_only_its_checksum(self, importing: Import, many: Path) -> None:
        many.write_bytes(many.read_bytes()[:-8])
        with pytest.raises(Unreadable, match="cut short"):
            importing.take(many)

    @pytest.mark.parametrize("place", [0.5, -6])
    def test_a_packed_file_that_is_damaged(self, importing: Import, many: Path, place: float) -> None:
        """In the middle, or where its checksum stands."""
        content = bytearray(many.read_bytes())
        at = int(place * len(content)) if place > 0 else int(place)
        content[at : at + 4] = bytes(byte ^ 0xFF for byte in content[at : at + 4])
        many.write_bytes(content)
        with pytest.raises((Unreadable, NotPubMedXml), match=r"damaged|not|cut short"):
            importing.take(many)
        assert importing.take(_good(many)).stored == 1

    @pytest.mark.parametrize(
        ("content", "error"),
        [
            (b"", Truncated),
            (b"<!DOCTYPE html><html><body>Login</body></html>", NotPubMedXml),
            (b"PMID- 1\nTI  - A title\n", NotPubMedXml),
            (b"<eFetchResult><ERROR>Empty id list</ERROR></eFetchResult>", NotPubMedXml),
            (article_set([article(1)])[:-30], Truncated),
            (article_set([article(1)]) + b"more", NotPubMedXml),
            (b'<!DOCTYPE a [<!ENTITY x "y">]><PubmedArticleSet/>', NotPubMedXml),
            (bytes(1000), NotPubMedXml),
        ],
        ids=["empty", "a web page", "nbib", "an error", "cut short", "something after it", "entities", "zeros"],
    )
    def test_what_is_not_pubmeds_xml(
        self, importing: Import, cache: Cache, tmp_path: Path, content: bytes, error: type[Exception]
    ) -> None:
        file = tmp_path / "bad.xml"
        file.write_bytes(content)
        with pytest.raises(error):
            importing.take(file)
        importing.take(_good(file))
        assert 9999 in contents(cache)

    def test_a_folder(self, importing: Import, tmp_path: Path) -> None:
        with pytest.raises(Unreadable, match="not a file"):
            importing.take(tmp_path)

    def test_none_at_all(self, importing: Import, tmp_path: Path) -> None:
        with pytest.raises(Unreadable, match="no such file"):
            importing.take(tmp_path / "none.xml")

    @pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes of this kind are POSIX's")
    def test_a_pipe_is_not_waited_for(self, importing: Import, tmp_path: Path) -> None:
        os.mkfifo(tmp_path / "pipe.xml")
        with pytest.raises(Unreadable, match="not a file"):
            importing.take(tmp_path / "pipe.xml")

    def test_a_name_that_acts_on_a_terminal(self, importing: Import, cache: Cache, tmp_path: Path) -> None:
        file = tmp_path / "a\x1b]0;title\x07.xml"
        file.write_bytes(article_set([article(1)]))
        importing.take(file)
        assert cache.records.get_many([1])[1].origin.source.isprintable()


def sizes(file: Path) -> set[int]:
    """How many records a cache can hold while this file is imported into it, whole batches and nothing else."""
    held: set[int] = set()
    found = {0}
    for batch in batches(Task(file, Origin(file.name, 0.0))):
        held |= {entry.pmid for block in batch.blocks for entry in block.entries}
        held -= set(batch.gone)
        found.add(len(held))
    return found


def _good(beside: Path) -> Path:
    file = beside.with_name("good.xml")
    file.write_bytes(article_set([article(9999)]))
    return file


def child(path: Path, file: Path) -> subprocess.Popen[str]:
    """A process that imports a file, telling how far it is after each piece, and then waiting for a line."""
    paths = os.pathsep.join(map(str, (HERE.parents[1], HERE.parent, HERE)))
    return subprocess.Popen(
        [sys.executable, "-B", str(HERE / "library_child.py"), "take", str(path), str(file)],
        env={**os.environ, "PYTHONPATH": paths},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
