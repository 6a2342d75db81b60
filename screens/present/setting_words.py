"""What the settings are called, and what each value of theirs means."""

from pathlib import Path

from workbench.configuration.settings import (
    AFTER_ACT,
    BELL,
    KEYMAP,
    LANGUAGE,
    PREVIEW_OF_CASE,
    SHIPPED_KEYMAPS,
    THEME,
    Setting,
)
from workbench.domain.text import gist
from workbench.words import N_, _

TITLES = {
    KEYMAP: N_("Keymap"),
    THEME: N_("Colours"),
    AFTER_ACT: N_("After an act"),
    PREVIEW_OF_CASE: N_("The case beside the list"),
    BELL: N_("Bell"),
    LANGUAGE: N_("Language"),
}
WIDTHS = ("30", "38", "45", "55")  # of a hundred; others are written into the file
ABOUT = {
    "keymap=default": N_("letters, as in many programs of the terminal"),
    "keymap=vim": N_("as default; half pages with Ctrl, h and l for the queues beside this one"),
    "keymap=cua": N_("for hands that know desktop programs"),
    "keymap=ime-safe": N_("no letters: a Chinese input method may stay on all day"),
    "theme=auto": N_("as the terminal is: light or dark"),
    "theme=dark": N_("blue and orange on dark"),
    "theme=light": N_("blue and orange on light"),
    "theme=dark-tritan": N_("green-blue and red on dark, for who does not tell blue from green"),
    "theme=light-tritan": N_("green-blue and red on light, for who does not tell blue from green"),
    "after_act=stay": N_("the cursor stays where it is"),
    "after_act=next": N_("to the most urgent case for you, which is taken"),
    "after_act=back": N_("from the page of the case back to the list"),
    "preview=on": N_("as wide as is usual"),
    "preview=off": N_("the list has all of the width"),
    "bell=off": N_("no bell"),
    "bell=new": N_("when a case has come that cannot wait"),
    "bell=due": N_("then, and when a clock of a case of yours has run out"),
    "language=auto": N_("by the locale"),
    "language=zh": N_("Chinese"),
    "language=en": N_("English"),
}


def called(value: str) -> str:
    """Return how a value is written in the list: of a file its name."""
    return value if "/" not in value and "\\" not in value else gist(Path(value).name, 40)


def about(setting: Setting, value: str) -> str:
    """Return what a value means, in a few words."""
    key = f"{setting.name}={value}"
    if key in ABOUT:
        return _(ABOUT[key])
    if setting is KEYMAP and value not in SHIPPED_KEYMAPS:
        return gist(value, 80)
    return _("{n} of a hundred of the width").format(n=value) if setting is PREVIEW_OF_CASE else ""
