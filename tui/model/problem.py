"""What went wrong, and what to do about it: the one base of every error the program raises."""


class Problem(Exception):
    """An error for a tired reader: one sentence that says what is wrong, one that says what to do.

    `exit_status` is what the command line ends with: 1 the thing asked for could not be had,
    2 the words of the call or the settings are off, 3 for now only (no network, busy).
    """

    exit_status = 1

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".rstrip()
