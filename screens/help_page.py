"""Help: the keys as they are now, what each act does, and the pages that ship with the program."""

from collections.abc import Iterator
from pathlib import Path

from textual.content import Content

import workbench
from keymaps import FORM, QUEUE
from screens.keys import Keys
from screens.present.ink import KEY, SOFT, STRONG, TITLE, line, lines
from screens.queue.columns import cells
from screens.sheet import Sheet
from workbench import actions
from workbench.domain.text import safe_text
from workbench.words import _, language

PAGES = Path(workbench.__path__[0]) / "help"
KEY_CELLS = 14
TITLE_CELLS = 14


class HelpPage(Sheet):
    """What every key does here, then the help pages."""

    def __init__(self, keys: Keys) -> None:
        super().__init__("help")
        self.keys = keys

    def on_mount(self) -> None:
        """Show the text."""
        self.show(lines(*self._keys(), Content(), *pages()))

    def _keys(self) -> Iterator[Content]:
        yield line((_("Keys"), TITLE), ("  " + _("keymap: {name}").format(name=self.keys.keymap.name), SOFT))
        yield Content()
        for action in actions.ALL:
            yield self._key("queue", action.id, _(action.title), _(action.help))
        yield Content()
        for command, title in QUEUE.items():
            if not command.startswith("queue."):
                yield self._key("queue", command, _(title), "")
        yield line(("1-9".ljust(KEY_CELLS), KEY), _("the queues on the tabs"))
        yield Content()
        yield line((_("While filling in a form"), TITLE))
        for command, title in FORM.items():
            yield self._key("form", command, _(title), "")

    def _key(self, context: str, command: str, title: str, help_text: str) -> Content:
        shown = "  ".join(self.keys.all(context, command))
        return line(
            (shown.ljust(KEY_CELLS), KEY),
            (title + " " * max(TITLE_CELLS - cells(title), 1), STRONG),
            (help_text, SOFT),
        )


def pages() -> Iterator[Content]:
    """Yield the help pages of the language in use, as text."""
    for path in sorted((PAGES / language()).glob("*.md")):
        yield from (_styled(text) for text in path.read_text("utf-8").splitlines())
        yield Content()


def _styled(text: str) -> Content:
    shown = safe_text(text)
    if text.startswith("#"):
        return line((shown.lstrip("# "), TITLE))
    return Content(shown.replace("**", "").replace("`", ""))
