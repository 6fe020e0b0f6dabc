"""What all commands have in common: help, statuses, settings, and outputs that end early or cannot say everything."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import tests.pubmed_double as pubmed
from tests.cli.shell import Shell
from tests.made_up import TITLE, article
from tests.pubmed_answers import JSON
from tests.pubmed_double import Fault, PubMedDouble
from tui import __version__
from tui.quick import COMMANDS

KEY = "0123456789abcdef0123456789abcdef0123"
SEED = 17914389
HARMFUL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]")
"""What may act on a terminal, tab and newline left out."""
posix = pytest.mark.skipif(os.name != "posix", reason="signals and files of this kind are POSIX's")


class TestHelp:
    def test_of_the_program(self, shell: Shell) -> None:
        ended = shell.run("--help")
        assert (ended.status, ended.err) == (0, "")
        for word in (*COMMANDS, "--demo", "--offline", "--version", "QUERY", "NCBI_EMAIL", "NCBI_API_KEY"):
            assert word in ended.out

    @pytest.mark.parametrize("command", COMMANDS)
    def test_of_each_command(self, shell: Shell, command: str) -> None:
        ended = shell.run(command, "--help")
        assert (ended.status, ended.err) == (0, "")
        assert ended.out.startswith(f"usage: pubmed-tui {command} ")
        assert not shell.cache.exists()

    def test_the_version(self, shell: Shell) -> None:
        ended = shell.run("--version")
        assert (ended.status, ended.out, ended.err) == (0, f"pubmed-tui {__version__}\n", "")


class TestTheBrowserWithoutATerminal:
    @pytest.mark.parametrize("words", [(), ("--demo",), ("--offline",), ("serach", "stromal")])
    def test_it_says_what_to_do_instead(self, shell: Shell, words: tuple[str, ...]) -> None:
        ended = shell.run(*words)
        assert (ended.status, ended.out) == (2, "")
        assert ended.err == (
            "pubmed-tui: The browser needs a terminal. In scripts and pipes, use pubmed-tui search and show.\n"
        )
        assert not shell.cache.exists()

    def test_words_that_are_off(self, shell: Shell) -> None:
        ended = shell.run("--nosuch")
        assert (ended.status, ended.out) == (2, "")
        assert ended.err == "pubmed-tui: unrecognized arguments: --nosuch. See pubmed-tui --help.\n"


class TestSettings:
    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ('emial = "a@b.org"', "there is no setting 'emial'. Did you mean email?"),
            ('colour = "red"', "there is no setting 'colour'. Known are email, api_key, theme, keys."),
            ("email = 5", 'email must be a text in quotes. Write email = "..." there.'),
            ('email = "a@b.org\\nBcc: all"', "holds a blank or a control character. Remove it."),
            ("email = ", "is not valid TOML: Invalid value (at end of document). Mend that line."),
            ("keys = 1", '[keys] must hold lines such as export = "x".'),
            ("[keys]\nexport = 1", '[keys] must hold lines such as export = "x".'),
            ('"\\u001b[31m" = 1', "there is no setting '"),
        ],
    )
    def test_one_that_is_off(self, shell: Shell, text: str, said: str) -> None:
        file = shell.configure(text)
        ended = shell.run("search", "x")
        assert (ended.status, ended.out) == (2, "")
        assert said in ended.err
        assert str(file) in ended.err
        assert not HARMFUL.search(ended.err)

    def test_a_file_that_is_no_text(self, shell: Shell) -> None:
        shell.configure("").write_bytes(b"email = '\xff'")
        ended = shell.run("search", "x")
        assert ended.status == 2
        assert "cannot be read: it is not UTF-8 text." in ended.err

    def test_a_folder_in_its_place(self, shell: Shell) -> None:
        shell.config.mkdir(parents=True)
        ended = shell.run("search", "x")
        assert ended.status == 2
        assert "cannot be read: is a directory." in ended.err

    def test_an_address_that_no_key_may_be_sent_to(self, shell: Shell) -> None:
        ended = shell.run("search", "x", PUBMED_TUI_EUTILS_URL="http://example.org/", NCBI_API_KEY=KEY)
        assert (ended.status, ended.out) == (2, "")
        assert "PUBMED_TUI_EUTILS_URL must begin with https://" in ended.err

    def test_email_and_key_are_sent(self, online: Shell, double: PubMedDouble) -> None:
        online.configure(f'email = "file@example.org"\napi_key = "{KEY}"\n')
        assert online.run("search", "stromal").err.count("\n") == 2
        assert double.asked("esearch")[0].items() >= {"email": "file@example.org", "api_key": KEY}.items()
        online.run("search", "stromal", NCBI_EMAIL="env@example.org", NCBI_API_KEY=KEY[::-1])
        assert double.asked("esearch")[1].items() >= {"email": "env@example.org", "api_key": KEY[::-1]}.items()

    @posix
    def test_a_key_that_others_can_read_is_warned_of(self, offline: Shell) -> None:
        file = offline.configure(f'api_key = "{KEY}"\n')
        file.chmod(0o644)
        ended = offline.run("search", "--offline", "karnoub")
        assert ended.status == 0
        assert ended.err.splitlines()[0] == (
            f"pubmed-tui: {file} holds your API key and can be read by others; chmod 600 mends that."
        )
        assert KEY not in ended.err

    @posix
    def test_without_a_key_in_it_others_may(self, offline: Shell) -> None:
        offline.configure('email = "a@b.org"\n').chmod(0o644)
        assert "chmod" not in offline.run("search", "--offline", "karnoub").err


class TestTheKey:
    """It is in requests to the service, and nowhere else."""

    FAULTS = (
        pubmed.prescribed(400, JSON, b'{"error":"API key invalid","api-key":"%s"}' % KEY.encode()),
        pubmed.busy(retry_after="0"),
        pubmed.search_error(f"Nothing is known of api_key={KEY}"),
        pubmed.redirect(f"https://elsewhere.invalid/?api_key={KEY}"),
        pubmed.blocked(),
    )

    @pytest.mark.parametrize("number", range(len(FAULTS)))
    def test_it_is_not_told(self, online: Shell, double: PubMedDouble, number: int) -> None:
        double.faults.append(Fault(self.FAULTS[number], times=99))
        ended = online.run("search", "stromal", NCBI_API_KEY=KEY)
        assert ended.status in (1, 2, 3)
        assert KEY not in ended.out + ended.err
        assert {asked.params["api_key"] for asked in double.log} == {KEY}

    def test_it_is_not_kept(self, online: Shell) -> None:
        online.configure(f'api_key = "{KEY}"')
        online.run("search", "stromal")
        online.run("export", "1", "2", "--output", "file")
        for file in online.folder.rglob("*"):
            assert file == online.config or not file.is_file() or KEY.encode() not in file.read_bytes()


class TestOutputsThatEndEarly:
    @posix
    @pytest.mark.parametrize(
        "words",
        [
            ("cache", "list"),
            ("cache", "info"),
            ("search", "--offline", ""),
            ("search", "--offline", "", "--json"),
            ("show", "22", "2", "--offline"),
            ("export", "22", "--offline"),
            ("--version",),
            ("show", "--help"),
        ],
        ids=lambda words: "-".join(words[:2]),
    )
    def test_nobody_reads(self, offline: Shell, words: tuple[str, ...]) -> None:
        """As in ``pubmed-tui ... | true``: no complaint, whenever it is noticed."""
        reading, writing = os.pipe()
        os.close(reading)
        done = subprocess.run(
            [sys.executable, "-m", "tui", *words],
            stdin=subprocess.DEVNULL,
            stdout=writing,
            stderr=subprocess.PIPE,
            cwd=offline.folder,
            env=offline.environment,
            text=True,
            check=False,
        )
        os.close(writing)
        assert done.returncode == 0
        assert all(line.startswith("pubmed-tui: ") for line in done.stderr.splitlines()), done.stderr

    @posix
    @pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
    @pytest.mark.parametrize("words", ["show 22 --offline", "show - --offline", "cache info", "search --offline x"])
    def test_a_stream_is_closed(self, offline: Shell, words: str, closed: str) -> None:
        """As cron and other callers may leave it."""
        command = f'exec "$0" -m tui {words} {closed}'
        done = subprocess.run(
            ["/bin/sh", "-c", command, sys.executable],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            cwd=offline.folder,
            env=offline.environment,
            text=True,
            check=False,
        )
        assert done.returncode == 0
        assert all(line.startswith("pubmed-tui: ") for line in done.stderr.splitlines()), done.stderr

    @posix
    def test_one_line_is_read_of_very_many(self, offline: Shell) -> None:
        program = offline.start("show", *["22"] * 1, *(str(pmid) for pmid in (2, SEED)), "--offline", "--json")
        assert program.stdout is not None
        assert program.stderr is not None
        assert program.stdout.readline() == "[\n"
        program.stdout.close()
        assert program.stderr.read() == ""
        assert program.wait() == 0
        program.stderr.close()

    @pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
    @pytest.mark.parametrize("words", [("cache", "list"), ("export", str(SEED), "--offline"), ("--help",)])
    def test_a_full_disk(self, offline: Shell, words: tuple[str, ...]) -> None:
        with Path("/dev/full").open("wb") as full:
            done = subprocess.run(
                [sys.executable, "-m", "tui", *words],
                stdout=full,
                stderr=subprocess.PIPE,
                env=offline.environment,
                text=True,
                check=False,
            )
        assert done.returncode == 1
        assert done.stderr == (
            "pubmed-tui: The output could not be written: the disk is full. Free some space, then try again.\n"
        )


@posix
class TestInterrupted:
    @pytest.mark.parametrize(
        ("words", "program"),
        [(("search", "stromal"), "esearch"), (("show", "1"), "efetch"), (("export", "1", "2"), "efetch")],
    )
    def test_while_pubmed_is_asked(
        self, online: Shell, double: PubMedDouble, words: tuple[str, ...], program: str
    ) -> None:
        gate = double.hold(program)
        started = online.start(*words)
        gate.arrived.wait_in_thread()
        started.send_signal(signal.SIGINT)
        assert started.communicate(timeout=60) == ("", "")
        assert started.returncode == 130

    def test_during_a_pause(self, online: Shell, double: PubMedDouble) -> None:
        double.faults.append(Fault(pubmed.busy(retry_after="200"), times=9))
        started = online.start("search", "stromal")
        assert started.stderr is not None
        assert "searching again in 200 s" in started.stderr.readline()
        started.send_signal(signal.SIGINT)
        assert started.communicate(timeout=60) == ("", "")
        assert started.returncode == 130


class TestText:
    @pytest.fixture
    def hostile(self, online: Shell, double: PubMedDouble) -> Shell:
        """A record whose texts would act on a terminal, as far as XML can carry that."""
        title = (
            "Stromal [/b] [link=x]cells[/] &#x9b;31m&#x85;&#x7f; \u202etxt.exe\u2066\ufeff &lt;b&gt; " + "e\u0301" * 2
        )
        double.add(article(6, title, abstract="&#x9d;0;owned&#x9c; \u2028 &#13; [@click=app.quit]x[/]"))
        return online

    @pytest.mark.parametrize(
        "words",
        [
            ("search", "stromal"),
            ("search", "stromal", "--json"),
            ("show", "6"),
            ("show", "6", "--json"),
            ("export", "6"),
            ("export", "6", "--format", "json"),
            ("search", "stromal \x1bM\x07\x9bm \u202e"),
        ],
        ids=lambda words: "-".join(words)[:20],
    )
    def test_foreign_text_does_not_act_on_the_terminal(self, hostile: Shell, words: tuple[str, ...]) -> None:
        ended = hostile.run(*words)
        assert ended.status == 0
        assert not HARMFUL.search(ended.out + ended.err)
        if "6" in words or words[1] == "stromal":
            assert "[/b] [link=x]cells[/]" in ended.out

    @pytest.mark.parametrize(
        "variables",
        [
            {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
            {"PYTHONIOENCODING": "latin-1"},
            {"PYTHONIOENCODING": "ascii:strict"},
        ],
        ids=["C", "Latin 1", "ASCII"],
    )
    def test_it_is_utf_8_whatever_the_locale(self, online: Shell, variables: dict[str, str]) -> None:
        double_title = f"Müller AE\t{TITLE}"
        assert online.run("search", "stromal", **variables).lines[0].endswith(double_title)
        assert "Müller AE, Sampler S\n" in online.run("show", "1", **variables).out
        assert "Müller AE, Sampler S\n" in online.run("show", "1", **variables).out, "printed from what was rendered"
        assert online.run("search", "Müller", **variables).err.startswith("pubmed-tui: 5 found")

    @pytest.mark.parametrize("variables", [{}, {"PYTHONIOENCODING": "utf-8:strict"}, {"PYTHONIOENCODING": "ascii"}])
    def test_standard_input_that_is_no_utf_8(self, shell: Shell, variables: dict[str, str]) -> None:
        ended = shell.run("show", "-", input=b"1 \xff\xfe2\n", **variables)
        assert (ended.status, ended.out) == (2, "")
        assert "is not a PMID." in ended.err
