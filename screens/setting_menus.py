"""The menus in which a setting is chosen; each is imported when it is first opened."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from screens.ask.choice_menu import Choice, ChoiceMenu
from workbench.configuration.settings import (
    AFTER_ACT,
    BELL,
    BY_NAME,
    KEYMAP,
    LANGUAGE,
    PREVIEW_OF_CASE,
    SHIPPED_KEYMAPS,
    THEME,
    Setting,
)
from workbench.domain.text import gist
from workbench.words import N_, _

if TYPE_CHECKING:
    from screens.host import Host

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


class SettingMenus:
    """Opens the menus for a screen."""

    def __init__(self, host: "Host") -> None:
        self.host = host

    def every(self) -> None:
        """List what can be set here, each with what holds."""
        value = self.host.settings.preferences.value
        choices = [Choice(each.name, _(title), gist(value(each), 60)) for each, title in TITLES.items()]
        self._ask(_("Settings"), choices, "", lambda name: self.of(BY_NAME[name]))

    def of(self, setting: Setting) -> None:
        """List what a setting may be."""
        preferences = self.host.settings.preferences
        values = _values(setting, preferences.keymaps() if setting is KEYMAP else ())
        choices = [Choice(value, _called(value), _about(setting, value)) for value in values]
        choose = partial(self.host.settings.choose, setting)
        self._ask(_(TITLES[setting]), choices, preferences.value(setting), choose)

    def _ask(self, title: str, choices: list[Choice], now: str, chosen: Callable[[str], None]) -> None:
        self.host.ask("more", ChoiceMenu(self.host, title, choices, now, chosen))


def _values(setting: Setting, keymaps: Sequence[str]) -> tuple[str, ...]:
    if setting is KEYMAP:
        return tuple(keymaps)
    return (*setting.values, *(WIDTHS if setting is PREVIEW_OF_CASE else ()))


def _called(value: str) -> str:
    """Return how a value is written in the list: of a file its name."""
    return value if "/" not in value and "\\" not in value else gist(Path(value).name, 40)


def _about(setting: Setting, value: str) -> str:
    key = f"{setting.name}={value}"
    if key in ABOUT:
        return _(ABOUT[key])
    if setting is KEYMAP and value not in SHIPPED_KEYMAPS:
        return gist(value, 80)
    return _("{n} of a hundred of the width").format(n=value) if setting is PREVIEW_OF_CASE else ""
