"""What stands in the places of card and strip while nothing is asked: the case, and what came last."""

from collections.abc import Callable

from textual.content import Content
from textual.geometry import Size

from screens.list_pane import HeadedPane
from screens.present import case_text
from screens.present.card import card
from screens.present.dossier import Dossier
from screens.present.ink import lines
from screens.room import Room
from screens.sheet import Sheet

Drawn = Callable[[Dossier, int, int], Content]  # from cells and lines


class Places:
    """Draws the case under the cursor into the two places that are its own."""

    def __init__(self, room: Room, above: Sheet, strip: Sheet) -> None:
        self.room, self.above, self.strip = room, above, strip
        self._dossier: Dossier | None = None
        self._shown: dict[Sheet, tuple[Drawn, Dossier | None, Size]] = {}
        above.resized = strip.resized = lambda: self.draw(self._dossier)

    def draw(self, dossier: Dossier | None) -> None:
        """Show the card, and in the strip what the card and the list leave open.

        A place that has no size shows it as soon as it has one.
        """
        self._dossier = dossier
        self._show(self.above, case_text.preview if self.room.is_roomy else card, dossier)
        top = self.room.top
        if isinstance(top, HeadedPane) and top.detail.content.plain:
            self._shown.pop(self.strip, None)
            self.strip.show(lines(top.head.content, top.detail.content))
        else:
            self._show(self.strip, case_text.history if self.room.shows_card else card, dossier)

    def _show(self, place: Sheet, drawn: Drawn, dossier: Dossier | None) -> None:
        room = Size(place.text_width, place.size.height)
        if not room.area:
            return
        was = self._shown.get(place)
        # a screen that comes to rest asks several times for what stands there
        if was is None or was[1] is not dossier or (was[0], was[2]) != (drawn, room):
            self._shown[place] = drawn, dossier, room
            place.show(drawn(dossier, *room) if dossier else Content())
