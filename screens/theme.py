"""Our colours: calm, high contrast, and told apart by people who do not see every colour.

In the plain pair blue carries what is in hand and orange what is late, for who does not see red and green;
in the pair ``tritan`` it is green-blue and red, for who does not tell blue from green and yellow from violet.
They differ in lightness as well as in hue, and no meaning hangs on a colour alone.
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
DARK_TRITAN = Theme(
    name="workbench-dark-tritan",
    primary="#2fd3d3",
    secondary="#a3b8bd",
    accent="#2fd3d3",
    warning="#ffa9a9",
    error="#ff6b6b",
    success="#8ce8e8",
    foreground="#e8e8e8",
    background="#101616",
    surface="#101616",
    panel="#1b2626",
    dark=True,
)
LIGHT_TRITAN = Theme(
    name="workbench-light-tritan",
    primary="#00595c",
    secondary="#3d595c",
    accent="#00595c",
    warning="#8f3350",
    error="#a8001f",
    success="#00595c",
    foreground="#15191a",
    background="#ffffff",
    surface="#ffffff",
    panel="#e7eeee",
    dark=False,
)
BY_NAME = {"dark": DARK, "light": LIGHT, "dark-tritan": DARK_TRITAN, "light-tritan": LIGHT_TRITAN}


def called(name: str, environment: Mapping[str, str]) -> str:
    """Return Textual's name of the theme that the setting ``name`` names; any other: what fits."""
    return BY_NAME[name].name if name in BY_NAME else fitting(environment)


def fitting(environment: Mapping[str, str]) -> str:
    """Return the theme for the terminal; ``COLORFGBG`` ends in 7 or 15 on a light background."""
    background = environment.get("COLORFGBG", "").rpartition(";")[2]
    return LIGHT.name if background in ("7", "15") else DARK.name
