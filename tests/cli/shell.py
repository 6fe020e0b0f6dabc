"""For the tests of the command line: the program in a process of its own, with folders of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from tui.library.bulk import Import

ROOT = Path(__file__).parents[2]
DEMO = ROOT / "tui" / "demo" / "records.xml.gz"
_PASSED_ON = ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH", "COVERAGE_PROCESS_START")


class Ended(NamedTuple):
    """What became of a command."""

    status: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()


@dataclass
class Shell:
    """Runs the program in `folder`, in which its data, settings and log are as well."""

    folder: Path
    variables: dict[str, str] = field(default_factory=dict)
    """The environment, apart from what redirects the folders."""
    program: tuple[str, ...] = ("-m", "tui")
    """What Python is started with."""

    @property
    def cache(self) -> Path:
        return self.folder / "data" / "pubmed-tui" / "pubmed.db"

    @property
    def config(self) -> Path:
        return self.folder / "config" / "pubmed-tui" / "config.toml"

    @property
    def environment(self) -> dict[str, str]:
        redirected = {f"XDG_{name.upper()}_HOME": str(self.folder / name) for name in ("data", "config", "state")}
        passed_on = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
        return {**passed_on, "PYTHONPATH": str(ROOT), "HOME": str(self.folder), **redirected, **self.variables}

    def run(self, *words: object, input: str | bytes = "", **variables: str) -> Ended:
        """Run the program with these words to its end. Whatever happens, it does not end with a traceback."""
        done = subprocess.run(
            [sys.executable, *self.program, *map(str, words)],
            input=input.encode() if isinstance(input, str) else input,
            capture_output=True,
            cwd=self.folder,
            env={**self.environment, **variables},
            timeout=60,
            check=False,
        )
        ended = Ended(done.returncode, done.stdout.decode(), done.stderr.decode())
        assert "Traceback" not in ended.err, ended.err
        assert all(line.startswith("pubmed-tui: ") for line in ended.err.split("\n")[:-1]), ended.err
        return ended

    def start(self, *words: object) -> subprocess.Popen[str]:
        """Start the program, its outputs to be read."""
        return subprocess.Popen(
            [sys.executable, *self.program, *map(str, words)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=self.folder,
            env=self.environment,
            text=True,
        )

    def keep(self, file: Path = DEMO) -> None:
        """Have the records of a file in the cache."""
        with Import(self.cache) as importing:
            importing.take(file)

    def configure(self, text: str) -> Path:
        """Write the settings, readable by their owner alone."""
        self.config.parent.mkdir(parents=True, exist_ok=True)
        self.config.write_text(text, encoding="utf-8")
        self.config.chmod(0o600)
        return self.config
