"""A conversation in the line mode without a terminal: what is typed is given, what is said is kept."""

from collections.abc import Iterable
from pathlib import Path

from keymaps import known, load
from screens.drafts import Drafts
from workbench.desk import Desk
from workbench.domain import acts
from workbench.plain.app import Conversation
from workbench.plain.dialogue import Dialogue
from workbench.wording.cells import width

STOP = "\x03"  # stands for Ctrl-C


class Talk:
    """Types lines, and returns what was said to them; after the last line nothing comes any more."""

    def __init__(self, desk: Desk, drafts: Path, *, cells: int = 80, keymap: str = "default") -> None:
        self.desk, self.cells = desk, cells
        self.drafts = Drafts(desk.store.path, desk.person, drafts)
        self.keymap = load(keymap, known(acts.PERSONS))
        self.said: list[str] = []
        self.code = -1

    def __call__(self, *typed: str) -> str:
        """Hold a whole conversation; return all of it, what was typed behind its prompt."""
        self.said = []
        waiting = iter(typed)
        dialogue = Dialogue(lambda prompt: self._next(prompt, waiting), self.said.append, lambda: self.cells)
        self.code = Conversation(self.desk, dialogue, self.keymap, self.drafts).run()
        self.left = list(waiting)  # what nobody asked for any more
        return "\n".join(self.said)

    def _next(self, prompt: str, waiting: Iterable[str]) -> str:
        line = next(iter(waiting), None)
        if line is None:
            raise EOFError
        if line == STOP:
            raise KeyboardInterrupt
        self.said.append(f"{prompt}{line}")
        return line

    def too_wide(self) -> list[str]:
        """Return the lines that the program said and that are wider than the terminal."""
        return [line for line in self.said if width(line) > self.cells and "> " not in line]
