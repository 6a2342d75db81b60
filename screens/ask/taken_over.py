"""Site and unit of the last case of the same phone: filled in until somebody writes over them."""

from typing import TYPE_CHECKING

from workbench.domain.text import phone_key, safe_text
from workbench.words import _

if TYPE_CHECKING:
    from screens.ask.field_row import FieldRow
    from screens.ask.form import Form
    from screens.outlook import Caller, Place

SITE, UNIT = "site", "unit"


class TakenOver:
    """What stands in a form though nobody typed it; it goes with the phone by which it came."""

    def __init__(self, form: "Form") -> None:
        self.rows: dict[str, FieldRow] = {row.field.name: row for row in form.rows}
        self.phone = self._phone_typed()  # as ``phone_key``
        self.place: Place | None = None
        self.filled: dict[str, str] = {}  # what nobody has touched, by field
        self._declined: set[str] = set()  # fields in which somebody wrote over it

    def offer(self, caller: "Caller | None") -> None:
        """Fill in the place of ``caller`` where nothing stands, unless somebody has typed another phone."""
        if caller is None or caller.phone != self._phone_typed() or caller.place is None:
            return
        self.place = caller.place
        self._fill(SITE, self.place.site)
        if self._typed(SITE) == self.place.site:  # a unit of another site is none of this one
            self._fill(UNIT, self.place.unit)

    def follow(self) -> bool:
        """Take away what no longer belongs to what is typed; say whether that is another phone."""
        before, self.phone = self.phone, self._phone_typed()
        if another := self.phone != before:
            self._withdraw(*self.filled)
            self.place = None
            self._declined.clear()
        for name, text in tuple(self.filled.items()):
            if self.rows[name].control.typed != text:
                del self.filled[name]
                self._declined.add(name)
        if UNIT in self.filled and self.place and self._typed(SITE) != self.place.site:
            self._withdraw(UNIT)
        return another

    def _fill(self, name: str, text: str) -> None:
        row = self.rows[name]
        if not text or not self.place or name in self._declined or row.control.typed.strip():
            return
        row.control.put(text)
        self.filled[name] = row.control.typed
        number = safe_text(self.place.number)
        row.tell(_("from {number}: write over it if it is another").format(number=number))

    def _withdraw(self, *names: str) -> None:
        for name in names:
            if self.rows[name].control.typed == self.filled.pop(name):
                self.rows[name].control.put("")

    def _typed(self, name: str) -> str:
        return self.rows[name].control.typed.strip()

    def _phone_typed(self) -> str:
        return phone_key(self._typed("phone"))
