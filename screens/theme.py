"""Our colours: calm, high contrast, and told apart by people who do not see red and green.

Blue carries what is in hand, orange what is late; both differ in lightness as well as in hue.
"""

from collections.abc import Mapping

from textual.theme import Theme

DARK = Theme(
    name="workbench-dark",
    primary="#4da3ff",
    secondary="#8ab4d8",
    accent="#4da3ff",
    warning="#ffb000",
    error="#ff8c1a",
    success="#7cc4ff",
    foreground="#e8e8e8",
    background="#11161c",
    surface="#11161c",
    panel="#1c242d",
    dark=True,
)
LIGHT = Theme(
    name="workbench-light",
    primary="#00508f",
    secondary="#3b5a75",
    accent="#00508f",
    warning="#8a5a00",
    error="#a63c00",
    success="#00508f",
    foreground="#16191d",
    background="#ffffff",
    surface="#ffffff",
    panel="#e9edf1",
    dark=False,
)


def fitting(environment: Mapping[str, str]) -> str:
    """Return the theme for the terminal; ``COLORFGBG`` ends in 7 or 15 on a light background."""
    background = environment.get("COLORFGBG", "").rpartition(";")[2]
    return LIGHT.name if background in ("7", "15") else DARK.name
