from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.shell import Shell
from tests.made_up import holding
from tests.pubmed_double import PubMedDouble


@pytest.fixture
def double() -> PubMedDouble:
    """PubMed with five records, 1 to 5."""
    return holding(range(1, 6))


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    """No settings, no network that would answer."""
    return Shell(tmp_path, {"PUBMED_TUI_EUTILS_URL": "http://127.0.0.1:9/nobody/listens"})


@pytest.fixture
def offline(shell: Shell) -> Shell:
    """The demo's records are kept."""
    shell.keep()
    return shell


@pytest.fixture
def online(shell: Shell, double: PubMedDouble) -> Iterator[Shell]:
    """The double answers."""
    with double.serve() as url:
        shell.variables["PUBMED_TUI_EUTILS_URL"] = url
        yield shell
