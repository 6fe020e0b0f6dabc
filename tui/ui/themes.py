"""The program's own colours; every widget names them by their role."""

from textual.theme import Theme

LAMP = Theme(
    name="lamp",
    primary="#7fb4ca",
    secondary="#d8a657",
    accent="#a9b665",
    foreground="#dcd7ba",
    background="#16181d",
    surface="#1b1e25",
    panel="#22262f",
    warning="#e0af68",
    error="#e46876",
    success="#98bb6c",
    boost="#2a2f3a",
    dark=True,
)
PAPER = Theme(
    name="paper",
    primary="#1f5f8b",
    secondary="#8a5a00",
    accent="#3d6b21",
    foreground="#1f2328",
    background="#fbfaf6",
    surface="#f4f2ec",
    panel="#e9e6dc",
    warning="#8f5a00",
    error="#b3261e",
    success="#2f6b2f",
    boost="#e3e0d5",
    dark=False,
)
THEMES = (LAMP, PAPER)
