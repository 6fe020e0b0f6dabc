"""The program's entry: what can be shown at once is shown before anything heavy is imported."""

import gc
import os
import sys


def main() -> int:
    """Run the command line; the exit status."""
    if None in (sys.stdin, sys.stdout, sys.stderr):
        _fill_streams()
    try:
        return _run(sys.argv[1:])
    except KeyboardInterrupt:
        return 130  # tui.cli.outcome.INTERRUPTED, which may not be loaded yet


def _run(words: list[str]) -> int:
    from tui import quick  # noqa: PLC0415 - nothing is imported before it is wanted

    if words[:1] == ["show"] and quick.show(words[1:]):
        return 0
    frame = quick.first_frame(words)
    # Nearly all that is made while modules load stays; to look for garbage among it takes a tenth of the start.
    if words[:1] and words[0] in quick.COMMANDS:
        gc.set_threshold(50_000, 20, 20)
    else:
        gc.disable()  # until the browser has drawn its first frame
    try:
        from tui.cli import run  # noqa: PLC0415 - as above

        return run(words, frame)
    finally:
        frame.leave()


def _fill_streams() -> None:
    """Put the null device where the caller closed a standard stream; else the next file opened takes its number."""
    for number, (name, mode) in enumerate((("stdin", "r"), ("stdout", "w"), ("stderr", "w"))):
        if getattr(sys, name) is None:
            os.dup2(os.open(os.devnull, os.O_RDWR), number)
            setattr(sys, name, os.fdopen(number, mode, closefd=False))


if __name__ == "__main__":
    sys.exit(main())
