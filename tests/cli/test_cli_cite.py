"""``pubmed-tui cite``: a formatted reference a line."""

from __future__ import annotations

import pytest

from tests.cli.shell import Shell
from tests.pubmed_double import PubMedDouble
from tui.cache import Cache
from tui.export.citation import STYLES, citation
from tui.parse import parse_record

SEED = 17914389
SEED_NLM = (
    "Karnoub AE, Dash AB, Vo AP, Sullivan A, Brooks MW, Bell GW, Richardson AL, Polyak K, Tubo R, Weinberg RA. "
    "Mesenchymal stem cells within tumour stroma promote breast cancer metastasis. Nature. 2007 Oct "
    "4;449(7162):557-63. doi: 10.1038/nature06188. PMID: 17914389."
)
SEED_AMA_HTML = (
    "<p>Karnoub AE, Dash AB, Vo AP, et al. Mesenchymal stem cells within tumour stroma promote breast cancer "
    'metastasis. <i>Nature</i>. 2007;449(7162):557-563. <a href="https://doi.org/10.1038/nature06188">'
    "doi:10.1038/nature06188</a></p>"
)
MADE_UP = "Müller AE, Sampler S. Stromal cells in a dish. J Made Up. 2019. PMID: {}."
CSL = """\
<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0"><info><title>t</title><id>t</id>
<updated>2026-01-01T00:00:00+00:00</updated></info><citation><layout><text variable="title"/></layout></citation>
<bibliography><layout suffix="."><text variable="title"/><text variable="PMID" prefix=" / "/></layout></bibliography>
</style>
"""


def kept(shell: Shell, style: str) -> dict[str, str]:
    """The reference of each record that is kept, by its PMID."""
    cache = Cache.open(shell.cache)
    found = {
        str(pmid): citation(parse_record(stored.xml), style).plain()
        for pmid, stored in cache.records.iter_xml(cache.records.pmids())
    }
    cache.close()
    return found


class TestStyles:
    def test_pubmeds_own_unless_told_otherwise(self, offline: Shell) -> None:
        ended = offline.run("cite", SEED, "--offline")
        assert (ended.status, ended.err, ended.lines) == (0, "", [SEED_NLM])

    @pytest.mark.parametrize("style", [style.name for style in STYLES])
    def test_each_style_for_each_record(self, offline: Shell, style: str) -> None:
        expected = kept(offline, style)
        ended = offline.run("cite", *expected, "--offline", "--style", style)
        assert (ended.status, ended.err) == (0, "")
        assert ended.lines == list(expected.values())

    def test_capitals_do_not_matter(self, offline: Shell) -> None:
        assert offline.run("cite", SEED, "--offline", "--style", "NLM").lines == [SEED_NLM]

    def test_one_that_does_not_exist(self, offline: Shell) -> None:
        ended = offline.run("cite", SEED, "--offline", "--style", "chicago")
        assert (ended.status, ended.out) == (2, "")
        assert "There is no citation style 'chicago'." in ended.err
        ended = offline.run("cite", SEED, "--offline", "--style", "vancover")
        assert "Did you mean vancouver?" in ended.err


class TestForms:
    def test_html(self, offline: Shell) -> None:
        ended = offline.run("cite", SEED, 22, "--offline", "--style", "ama", "--html")
        assert ended.lines[0] == SEED_AMA_HTML
        assert len(ended.lines) == 2

    def test_markdown_has_an_empty_line_between(self, offline: Shell) -> None:
        ended = offline.run("cite", SEED, 22, "--offline", "--style", "apa", "--markdown")
        first, second = ended.out.rstrip("\n").split("\n\n")
        assert (
            "*Nature, 449*(7162), 557–563. [https://doi.org/10.1038/nature06188](https://doi.org/10.1038/nature06188)"
            in first
        )
        assert second.startswith("Ardenne, M., & Reitnauer, P. G. (1975). ")

    def test_one_of_them(self, offline: Shell) -> None:
        ended = offline.run("cite", SEED, "--offline", "--html", "--markdown")
        assert (ended.status, ended.out) == (2, "")


class TestWhichRecords:
    def test_in_the_order_asked_each_once(self, offline: Shell) -> None:
        ended = offline.run("cite", 22, SEED, 22, "--offline")
        assert [line.rsplit("PMID: ", 1)[1] for line in ended.lines] == ["22.", f"{SEED}."]

    def test_from_standard_input(self, offline: Shell) -> None:
        ended = offline.run("cite", "-", "--offline", input=f"22\n{SEED}\n")
        assert [line.rsplit("PMID: ", 1)[1] for line in ended.lines] == ["22.", f"{SEED}."]

    def test_nothing_from_standard_input(self, offline: Shell) -> None:
        ended = offline.run("cite", "-", "--offline")
        assert (ended.status, ended.out, ended.err) == (0, "", "")

    def test_fetched_where_they_are_not_kept(self, online: Shell, double: PubMedDouble) -> None:
        ended = online.run("cite", 3, 1)
        assert (ended.status, ended.err) == (0, "")
        assert ended.lines == [MADE_UP.format(3), MADE_UP.format(1)]
        assert len(double.log) == 1

    def test_what_there_is_is_cited_where_one_does_not_exist(self, online: Shell) -> None:
        ended = online.run("cite", 3, 404, 1)
        assert ended.status == 1
        assert ended.lines == [MADE_UP.format(3), MADE_UP.format(1)]
        assert "PubMed has no record with the PMID 404." in ended.err

    def test_offline_one_that_is_not_kept(self, offline: Shell) -> None:
        ended = offline.run("cite", 404, SEED, "--offline")
        assert (ended.status, ended.lines) == (1, [SEED_NLM])
        assert "404" in ended.err

    def test_no_network(self, offline: Shell) -> None:
        ended = offline.run("cite", 404, SEED)
        assert (ended.status, ended.lines) == (3, [SEED_NLM])

    def test_no_pmid(self, offline: Shell) -> None:
        ended = offline.run("cite", "nature06188", "--offline")
        assert (ended.status, ended.out) == (2, "")
        assert "'nature06188' is not a PMID." in ended.err


class TestAStyleOfOnesOwn:
    def test_through_the_csl_processor(self, offline: Shell) -> None:
        pytest.importorskip("citeproc", reason="the extra with the CSL processor is not installed")
        (offline.folder / "mine.csl").write_text(CSL, encoding="utf-8")
        ended = offline.run("cite", SEED, "--offline", "--style", "mine.csl")
        assert (ended.status, ended.err) == (0, "")
        title = "Mesenchymal stem cells within tumour stroma promote breast cancer metastasis"
        assert ended.lines == [f"{title} / {SEED}."]

    def test_a_file_that_is_not_there(self, offline: Shell) -> None:
        ended = offline.run("cite", SEED, "--offline", "--style", "mine.csl")
        assert (ended.status, ended.out) == (2, "")
        assert "mine.csl" in ended.err

    def test_it_gives_plain_text_only(self, offline: Shell) -> None:
        (offline.folder / "mine.csl").write_text(CSL, encoding="utf-8")
        ended = offline.run("cite", SEED, "--offline", "--style", "mine.csl", "--html")
        assert (ended.status, ended.out) == (2, "")
        assert "plain text" in ended.err
