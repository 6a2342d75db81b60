"""Names of people: completed from those that are known, who are listed below the line."""

from collections.abc import Sequence

from textual.suggester import SuggestFromList

from screens.ask.controls import LineControl, offerable
from workbench.words import _

MOST_SHOWN = 8  # names under the line
BETWEEN_NAMES = ",，、;；"


class LastName(SuggestFromList):
    """Completes the last of several names with commas between them."""

    async def get_suggestion(self, value: str) -> str | None:
        """Return the line with its last name completed."""
        before, last = _last_name(value)
        found = await super().get_suggestion(last) if last else None
        return before + found if found else None


class NameControl(LineControl):
    """One name in one line."""

    def know(self, known: Sequence[str]) -> None:
        """Complete what is typed to one of these, and list them under the line."""
        super().know(known)
        self.known = list(dict.fromkeys(known))

    def last_name(self) -> str:
        """Return the name that is being typed."""
        return self.value.strip()

    def advice(self) -> str:
        """Return who may be meant by what is typed so far; nothing once a name is whole."""
        last = self.last_name().casefold()
        found = [name for name in self.known if name.casefold().startswith(last)]
        if not found or last in (name.casefold() for name in found):
            return ""
        names = _(", ").join(found[:MOST_SHOWN]) + (" ..." if len(found) > MOST_SHOWN else "")
        return _("Right completes: {names}").format(names=names) if last else names


class PeopleControl(NameControl):
    """Several names in one line, with commas between them."""

    def know(self, known: Sequence[str]) -> None:
        """Complete the last of what is typed."""
        super().know(known)
        self.suggester = LastName(offerable(known), case_sensitive=False) if known else None

    def last_name(self) -> str:
        """Return the last of the names."""
        return _last_name(self.value)[1]


def _last_name(typed: str) -> tuple[str, str]:
    """Return what stands before the last name, and that name; a comma may be a Chinese one."""
    at = max(typed.rfind(comma) for comma in BETWEEN_NAMES) + 1
    last = typed[at:].lstrip()
    return typed[: len(typed) - len(last)], last
