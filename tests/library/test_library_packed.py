"""Files on a disk: which are meant, whether they are whole, and what is in them."""

from __future__ import annotations

import gzip
import hashlib
from pathlib import Path

import pytest

from tui.library.packed import Unreadable, check, edition, inflated, listed, opened


class TestListed:
    def test_a_folder_in_the_order_of_names(self, tmp_path: Path) -> None:
        names = ["pubmed26n1275.xml.gz", "pubmed26n0002.xml", "pubmed26n0001.xml.gz"]
        for name in (*names, "pubmed26n0001.xml.gz.md5", "README.txt", ".listing", "pubmed26n0003.xml.gz.part"):
            (tmp_path / name).touch()
        (tmp_path / "more.xml").mkdir()
        assert [path.name for path in listed(tmp_path)] == sorted(names)

    def test_a_file_is_itself_and_a_checksum_nothing(self, tmp_path: Path) -> None:
        assert listed(tmp_path / "a.xml") == [tmp_path / "a.xml"]
        assert listed(tmp_path / "none.txt") == [tmp_path / "none.txt"]
        assert listed(tmp_path / "a.xml.gz.md5") == []

    def test_a_folder_without_any(self, tmp_path: Path) -> None:
        with pytest.raises(Unreadable, match=r"no \.xml"):
            listed(tmp_path)


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ("pubmed26n0001.xml.gz", "pubmed26n0002.xml.gz"),
        ("pubmed26n0999.xml", "pubmed26n1275.xml.gz"),
        ("pubmed25n1800.xml.gz", "pubmed26n0001.xml.gz"),
        ("medline17n0900.xml.gz", "pubmed18n0001.xml.gz"),
    ],
)
def test_nlm_numbers_its_files(earlier: str, later: str) -> None:
    assert 0 < edition(earlier) < edition(later)


@pytest.mark.parametrize("name", ["records.xml", "pubmed26n0001.xml.gz.md5", "my-pubmed26n0001.xml", "pubmed26.xml"])
def test_other_files_have_no_number(name: str) -> None:
    assert edition(name) == 0


class TestChecksums:
    @pytest.fixture
    def file(self, tmp_path: Path) -> Path:
        file = tmp_path / "pubmed26n0001.xml.gz"
        file.write_bytes(gzip.compress(b"<PubmedArticleSet/>" * 1000))
        return file

    @pytest.mark.parametrize(
        "text",
        [
            "MD5(pubmed26n0001.xml.gz)= {}\n",
            "MD5 (pubmed26n0001.xml.gz) = {}\n",
            "{}  pubmed26n0001.xml.gz\n",
            "{} *pubmed26n0001.xml.gz",
            "{}",
        ],
    )
    @pytest.mark.parametrize("upper", [False, True])
    def test_of_every_form(self, file: Path, text: str, upper: bool) -> None:
        right = hashlib.md5(file.read_bytes()).hexdigest()
        beside = file.with_name(file.name + ".md5")
        beside.write_text(text.format(right.upper() if upper else right))
        with opened(file) as stream:
            check(stream, file)
            assert stream.read() == file.read_bytes(), "it is read from its beginning then"
        file.write_bytes(file.read_bytes()[:-1])
        with opened(file) as stream, pytest.raises(Unreadable, match=r"MD5.*Download it again"):
            check(stream, file)

    @pytest.mark.parametrize("text", ["", "404 Not Found", "\xff" * 50])
    def test_what_is_none(self, file: Path, text: str) -> None:
        file.with_name(file.name + ".md5").write_text(text, encoding="latin-1")
        with opened(file) as stream, pytest.raises(Unreadable, match="holds no MD5"):
            check(stream, file)

    def test_without_one(self, file: Path) -> None:
        with opened(file) as stream:
            check(stream, file)


@pytest.mark.parametrize("size", [0, 1, 1000, 3_000_000])
def test_packed_and_unpacked_are_the_same(tmp_path: Path, size: int) -> None:
    data = (b"0123456789" * (size // 10 + 1))[:size]
    for number, content in enumerate((data, gzip.compress(data))):
        file = tmp_path / f"{number}"
        file.write_bytes(content)
        with opened(file) as stream:
            assert b"".join(inflated(stream)) == data
