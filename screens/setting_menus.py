"""The menus in which a setting is chosen; each is imported when it is first opened."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from screens.ask.choice_menu import Choice, ChoiceMenu
from screens.present.setting_words import TITLES, WIDTHS, about, called
from workbench.configuration.settings import BY_NAME, KEYMAP, PREVIEW_OF_CASE, Setting
from workbench.domain.text import gist, safe_text
from workbench.words import _

if TYPE_CHECKING:
    from screens.host import Host


class SettingMenus:
    """Opens the menus for a screen."""

    def __init__(self, host: "Host") -> None:
        self.host = host

    def every(self) -> None:
        """List what can be set here, each with what holds."""
        value = self.host.settings.preferences.value
        choices = [
            Choice(each.name, _(title), gist(value(each), 60), _(each.help)) for each, title in TITLES.items()
        ]
        self._ask(_("Settings"), choices, "", lambda name: self.of(BY_NAME[name]))

    def of(self, setting: Setting) -> None:
        """List what a setting may be."""
        preferences = self.host.settings.preferences
        values = _values(setting, preferences.keymaps() if setting is KEYMAP else ())
        choices = [Choice(value, called(value), about(setting, value)) for value in values]
        choose = partial(self.host.settings.choose, setting)
        self._ask(_(TITLES[setting]), choices, preferences.value(setting), choose)

    def _ask(self, title: str, choices: list[Choice], now: str, chosen: Callable[[str], None]) -> None:
        file = gist(safe_text(str(self.host.settings.preferences.path)), 60)
        self.host.ask("more", ChoiceMenu(self.host, title, choices, now, chosen, file))


def _values(setting: Setting, keymaps: Sequence[str]) -> tuple[str, ...]:
    if setting is KEYMAP:
        return tuple(keymaps)
    return (*setting.values, *(WIDTHS if setting is PREVIEW_OF_CASE else ()))
