"""Several names in one line: the last one is completed from the staff list."""

from collections.abc import Sequence

from textual.suggester import SuggestFromList

from screens.ask.controls import LineControl

BETWEEN_NAMES = ",，、;；"


class LastName(SuggestFromList):
    """Completes the last of several names with commas between them."""

    async def get_suggestion(self, value: str) -> str | None:
        """Return the line with its last name completed."""
        before, last = _last_name(value)
        found = await super().get_suggestion(last) if last else None
        return before + found if found else None


class PeopleControl(LineControl):
    """Several names in one line, with commas between them."""

    def __init__(self, text: str, known: Sequence[str] = ()) -> None:
        super().__init__(text)
        self.suggester = LastName(known, case_sensitive=False) if known else None


def _last_name(typed: str) -> tuple[str, str]:
    """Return what stands before the last name, and that name; a comma may be a Chinese one."""
    at = max(typed.rfind(comma) for comma in BETWEEN_NAMES) + 1
    last = typed[at:].lstrip()
    return typed[: len(typed) - len(last)], last
