"""What is said goes out in lines no wider than the terminal; what is typed comes in, one line at a time."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from workbench.domain.text import safe_text
from workbench.wording.cells import width
from workbench.wording.wrapping import wrapped
from workbench.words import _

BACK = ("!", "！")
ENOUGH = (".", "．", "。")
Value = TypeVar("Value", bound=str)
NARROWEST = 10  # cells; a terminal that is narrower breaks lines itself


class Back(Exception):  # noqa: N818 (no error: somebody wants to go back)
    """Somebody goes back one step: by the sign for it, by Ctrl-C, or since no line comes any more."""

    def __init__(self, *, stopped: bool = False, ended: bool = False) -> None:
        super().__init__()
        self.stopped, self.ended = stopped, ended


class Dialogue:
    """A conversation with whoever types.

    Args:
        read: Returns the next line behind a prompt; EOFError where none comes, KeyboardInterrupt for Ctrl-C.
        write: Takes one line, without its end.
        cells: Says how wide a line may be now.
        longest: Bytes from which on the terminal may have cut a line; 0 where it never does.
    """

    def __init__(
        self,
        read: Callable[[str], str],
        write: Callable[[str], None],
        cells: Callable[[], int],
        longest: int = 0,
    ) -> None:
        self.read, self.write, self.cells, self.longest = read, write, cells, longest

    def say(self, text: str = "", indent: int = 0) -> None:
        """Say ``text``; what goes on in a further line stands ``indent`` cells to the right."""
        for line in safe_text(text, newlines=True).replace("\t", " ").split("\n"):
            for part in in_lines(line, max(self.cells(), NARROWEST), indent):
                self.write(part)

    def say_parts(self, parts: Sequence[str], indent: int = 0) -> None:
        """Say ``parts`` one after the other, as many on a line as fit, each whole where it fits at all."""
        room, line = max(self.cells(), NARROWEST), ""
        for part in parts:
            longer = f"{line}  {part}" if line else " " * indent + part
            if line and width(longer) > room:
                self.say(line, indent)
                longer = " " * indent + part
            line = longer
        if line:
            self.say(line, indent)

    def ask(self, prompt: str = "> ") -> str:
        """Return the next line as typed.

        Raises:
            Back: somebody goes back one step.
        """
        try:
            typed = self.read(prompt)
        except KeyboardInterrupt:
            self.write("")
            raise Back(stopped=True) from None
        except EOFError:
            self.write("")
            raise Back(ended=True) from None
        if typed.strip() in BACK:
            raise Back
        if self.longest and len(typed.encode("utf-8", "replace")) >= self.longest:
            self.say(
                _("The terminal takes {n} bytes a line and may have cut this one.").format(n=self.longest)
            )
        return typed

    def ask_lines(self, so_far: Callable[[str], None]) -> str:
        """Return lines up to one that is only a full stop; empty where the first line is.

        ``so_far`` is told of each line, so that nothing typed is lost.

        Raises:
            Back: see ``ask``.
        """
        lines: list[str] = []
        while True:
            typed = self.ask()
            if typed.strip() in ENOUGH or (not lines and not typed.strip()):
                return "\n".join(lines)
            lines.append(typed)
            so_far("\n".join(lines))

    def choose(self, options: Sequence[tuple[Value, str]]) -> Value:
        """Ask for one of ``options`` (value, words) by its number until one is meant.

        Raises:
            Back: see ``ask``.
        """
        for at, (_value, label) in enumerate(options, 1):
            self.say(f"{at} {label}", 2)
        while True:
            typed = self.ask()
            at = number(typed)
            if 1 <= at <= len(options):
                return options[at - 1][0]
            self.say(
                _("A number from {low} to {high}, please; ! goes back.").format(low=1, high=len(options))
            )


def number(typed: str) -> int:
    """Return a whole number as typed, full-width digits too; 0 for anything else."""
    shown = typed.strip()
    return int(shown) if shown.isdecimal() and len(shown) < 10 else 0


def in_lines(line: str, cells: int, indent: int) -> list[str]:
    """Return ``line`` in pieces of at most ``cells`` cells; further ones are set in by ``indent``."""
    if width(line) <= cells:
        return [line]
    said = line.lstrip(" ")
    lead = min(len(line) - len(said), cells - 2)
    first, *rest = wrapped(said, max(cells - max(indent, lead), 2))
    return [" " * lead + first, *(" " * indent + part for part in rest)]
