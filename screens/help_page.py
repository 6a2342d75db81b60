"""Help: the keys as they are now, what each act does, and the pages that ship with the program."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from textual.content import Content
from textual.events import Resize

import workbench
from keymaps import BOARD, CAMPAIGN, CONTEXTS, DESK, DIAL, DOORS, FORM, LISTS, QUEUE, label
from screens.keys import Keys
from screens.present.ink import KEY, SOFT, STRONG, TITLE, line, lines
from screens.queue.columns import cells
from screens.sheet import Sheet
from workbench import actions
from workbench.domain.text import safe_text
from workbench.words import N_, _, language

ELSEWHERE: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "more": (
        N_("In the menu of more acts; each line has a number too"),
        DOORS,
    ),
    "form": (N_("While filling in a form"), FORM),
    "desk": (N_("At the desk of decisions, and while handing over"), DESK),
    "campaign": (N_("While calling the customers of a campaign"), CAMPAIGN),
    "dial": (N_("At the dialler"), DIAL),
    "board": (N_("On the board"), BOARD),
}
PAGES = Path(workbench.__path__[0]) / "help"
KEY_CELLS = 16
TITLE_CELLS = 15
LEAST_HELP = 45  # cells that a sentence needs beside its title


class HelpPage(Sheet):
    """What every key does here, then the help pages."""

    def __init__(self, keys: Keys, here: str = "queue") -> None:
        super().__init__("help")
        self.keys = keys
        self.here = here  # the context from which it was opened: its keys come first

    def on_resize(self, event: Resize) -> None:
        """Show the text, fitted to the width."""
        event.prevent_default()  # it is laid out once
        self.show(lines(*self._keys(), Content(), *pages()))

    def _keys(self) -> Iterator[Content]:
        yield line((_("Keys"), TITLE), ("  " + _("keymap: {name}").format(name=self.keys.keymap.name), SOFT))
        for context in sorted(CONTEXTS, key=lambda each: each != self.here):
            yield Content()
            yield from self._queue() if context == "queue" else self._others(context)

    def _queue(self) -> Iterator[Content]:
        if self.here != "queue":
            yield line((_("In the list, and while reading a case"), TITLE))
        for action in actions.every():
            if self.keys.first("queue", action.id):
                yield self._key("queue", action.id, _(action.title), _(action.help))
        yield Content()
        for command, title in QUEUE.items():
            if not command.startswith("queue."):
                yield self._key("queue", command, _(title), "")
        yield line(("1-9".ljust(KEY_CELLS), KEY), _("the queues on the tabs"))

    def _others(self, context: str) -> Iterator[Content]:
        heading, commands = ELSEWHERE[context]
        yield line((_(heading), TITLE))
        if context == "more":
            for action in actions.every():
                if self.keys.in_menu(action.id):
                    yield self._key("more", action.id, _(action.title), _(action.help))
        for command, title in commands.items():
            yield self._key(context, command, _(title), "")
        if context in LISTS:
            yield from self._of_queue(context)

    def _of_queue(self, context: str) -> Iterator[Content]:
        """Say that the other keys are those of the queue, and which the list has taken from there."""
        said = [
            _("Every other key does what it does in the queue, to the case of the line under the cursor.")
        ]
        titles = {**QUEUE, **{action.id: action.title for action in actions.every()}}
        for command, key, other in self.keys.keymap.hidden(context):
            here = _(ELSEWHERE[context][1][command])
            template = _('{key} is "{here}" here, and "{there}" in the queue.')
            said.append(template.format(key=label(key), here=here, there=_(titles[other])))
        for sentence in said:
            yield from Content.styled(sentence, SOFT).wrap(max(self.text_width, 8))

    def _key(self, context: str, command: str, title: str, help_text: str) -> Content:
        shown = "  ".join(self.keys.all(context, command))
        head = line((shown.ljust(KEY_CELLS), KEY), " ", (title, STRONG))
        indent = KEY_CELLS + 1 + TITLE_CELLS
        if not help_text:
            return head
        if self.text_width < indent + LEAST_HELP:  # the sentence goes under its title
            indent = KEY_CELLS + 1
            said = Content.styled(help_text, SOFT).wrap(max(self.text_width - indent, 8))
            return lines(head, *(row.pad_left(indent) for row in said))
        first, *rest = Content.styled(help_text, SOFT).wrap(self.text_width - indent)
        gap = " " * max(indent - KEY_CELLS - 1 - cells(title), 1)
        return lines(line(head, gap, first), *(row.pad_left(indent) for row in rest))


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
