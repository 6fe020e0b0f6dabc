"""The program's entry: what can be shown at once is shown before anything heavy is imported."""

import sys


def main() -> int:
    """Run the command line; the exit status."""
    words = sys.argv[1:]
    restore = None
    if words[:1] == ["show"]:
        from tui.quick import show  # noqa: PLC0415 - each path loads only what it needs

        if show(words[1:]):
            return 0
    else:
        from tui.quick import first_frame  # noqa: PLC0415 - as above

        restore = first_frame(words)
    try:
        from tui.cli import run  # noqa: PLC0415 - as above

        return run(words)
    finally:
        if restore is not None:
            restore()


if __name__ == "__main__":
    sys.exit(main())
