"""Help: the keys as they are now, what each act does, and the pages that ship with the program."""

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property

from textual.content import Content
from textual.events import Key, Resize

from keymaps import BOARD, CAMPAIGN, CONTEXTS, DESK, DIAL, DOORS, FORM, HELP, LISTS, QUEUE, label
from screens import help_text
from screens.help_text import Part, of_command, plain
from screens.keys import Keys
from screens.present.ink import KEY, SOFT, STRONG, TITLE, line, lines
from screens.queue.columns import cells
from screens.sheet import Sheet
from workbench import actions
from workbench.domain.text import fold, safe_text
from workbench.words import N_, _

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
    "help": (N_("In this help"), HELP),
}
ABOVE = 2  # lines over what was found, so that it is seen where it stands
HIT = "reverse"
KEY_CELLS = 16
TITLE_CELLS = 15
LEAST_HELP = 45  # cells that a sentence needs beside its title


class HelpPage(Sheet):
    """What every key does here, then the help pages; every part of it can be found by words."""

    def __init__(self, keys: Keys, here: str = "queue", settings: str = "") -> None:
        super().__init__("help")
        self.keys = keys
        self.settings = settings  # the file in which they are kept
        self.here = here  # the context from which it was opened: its keys come first
        self.search: Callable[[], None] = lambda: None  # asks what to look for
        self.told: Callable[[str], None] = lambda _said: None
        self.sought, self.at = "", 0  # what was looked for, and which of the hits is shown
        self.hits: list[int] = []
        self._parts: list[Part] = []

    def on_resize(self, event: Resize) -> None:
        """Show the text, fitted to the width."""
        event.prevent_default()  # it is laid out once
        self.write()

    def write(self) -> None:
        """Write the text, with the keys as they are now."""
        self._parts = [*self._keys(), plain(Content()), *help_text.pages()]
        self.__dict__.pop("_words", None)
        self.hits = help_text.hits(self._words, self.sought) if self.sought else []
        self._draw()

    def on_key(self, event: Key) -> None:
        """Look for something, or go from place to place; every other key is one of the queue."""
        command = self.keys.command("help", event)
        if command is None:
            return
        event.stop()
        event.prevent_default()
        if command == "search":
            self.search()
        elif not self.sought:
            key = self.keys.first("help", "search")
            self.told(_("Nothing was looked for; {key} looks for something.").format(key=key))
        else:
            self.told(self.step(1 if command == "next_hit" else -1))

    def find(self, sought: str) -> str:
        """Go to the first place with every word of ``sought``, from the one shown on; tell it."""
        before = self.hits[self.at] if self.hits else 0
        self.sought = sought.strip()
        self.hits = help_text.hits(self._words, self.sought)
        self.at = next((at for at, part in enumerate(self.hits) if part >= before), 0)
        return self._shown()

    def step(self, by: int) -> str:
        """Go on to another place; return what is there."""
        self.at = (self.at + by) % len(self.hits) if self.hits else 0
        return self._shown()

    @cached_property
    def _words(self) -> list[str]:
        return [fold(part.words()) for part in self._parts]

    def _shown(self) -> str:
        self._draw()
        if not self.hits:
            return _("Nothing is called that.") if self.sought else ""
        self.go(max(self.starts[self.hits[self.at]] - ABOVE, 0))
        here = " ".join(self._parts[self.hits[self.at]].shown.plain.split())
        return f"{self.at + 1}/{len(self.hits)}  {here}"

    def _draw(self) -> None:
        shown = [part.shown for part in self._parts]
        if self.hits:
            at = self.hits[self.at]
            shown[at] = shown[at].stylize(HIT)
        self.show(*shown)

    def _keys(self) -> Iterator[Part]:
        name = _("keymap: {name}").format(name=self.keys.keymap.name)
        yield plain(line((_("Keys"), TITLE), ("  " + name, SOFT)))
        yield plain(line((_("settings: {file}").format(file=safe_text(self.settings)), SOFT)))
        for context in sorted(CONTEXTS, key=lambda each: each != self.here):
            yield plain(Content())
            yield from self._queue() if context == "queue" else self._others(context)

    def _queue(self) -> Iterator[Part]:
        if self.here != "queue":
            yield plain(line((_("In the list, and while reading a case"), TITLE)))
        for action in actions.every():
            if self.keys.first("queue", action.id):
                yield self._key("queue", action.id, action.title, action.help)
        yield plain(Content())
        for command, title in QUEUE.items():
            if not command.startswith("queue."):
                yield self._key("queue", command, title, "")
        yield plain(line(("1-9".ljust(KEY_CELLS), KEY), _("the queues on the tabs")))

    def _others(self, context: str) -> Iterator[Part]:
        heading, commands = ELSEWHERE[context]
        yield plain(line((_(heading), TITLE)))
        if context == "more":
            for action in actions.every():
                if self.keys.in_menu(action.id):
                    yield self._key("more", action.id, action.title, action.help)
        for command, title in commands.items():
            yield self._key(context, command, title, "")
        if context in LISTS:
            yield from self._of_queue(context)

    def _of_queue(self, context: str) -> Iterator[Part]:
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
            yield from map(plain, Content.styled(sentence, SOFT).wrap(max(self.text_width, 8)))

    def _key(self, context: str, command: str, title: str, help_text: str) -> Part:
        shown = "  ".join(self.keys.all(context, command))
        head = line((shown.ljust(KEY_CELLS), KEY), " ", (_(title), STRONG))
        return of_command(
            self._beside(head, _(title), _(help_text) if help_text else ""), command, title, help_text
        )

    def _beside(self, head: Content, title: str, help_text: str) -> Content:
        """Return a line with its sentence, under it where there is no room beside it."""
        indent = KEY_CELLS + 1 + TITLE_CELLS
        if not help_text:
            return head
        if self.text_width < indent + LEAST_HELP:
            indent = KEY_CELLS + 1
            said = Content.styled(help_text, SOFT).wrap(max(self.text_width - indent, 8))
            return lines(head, *(row.pad_left(indent) for row in said))
        first, *rest = Content.styled(help_text, SOFT).wrap(self.text_width - indent)
        gap = " " * max(indent - KEY_CELLS - 1 - cells(title), 1)
        return lines(line(head, gap, first), *(row.pad_left(indent) for row in rest))
