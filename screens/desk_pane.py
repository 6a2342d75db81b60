"""The desk of decisions in place of the list: what waits for this person, and what others leave waiting."""

from collections.abc import Mapping
from types import ModuleType
from typing import ClassVar

from screens.ask.warning_form import AnswerForm, SurgeForm
from screens.background import Presses, background, so_far
from screens.host import Host
from screens.list_columns import Rows
from screens.list_pane import ListPane
from screens.present import desk_text
from screens.present.ink import SOFT, TITLE, line
from workbench import actions
from workbench.actions import doing
from workbench.actions.warning import ACTION as WARNING
from workbench.domain import acts, duties
from workbench.reports import desk as reports
from workbench.reports.desk_row import Row
from workbench.wording.countdown import is_late
from workbench.words import N_, _

OTHERS = (reports.PRESSED, reports.DISPATCHED, reports.UNCONFIRMED, reports.UNPAID)  # what somebody else owes
OWN = (reports.DECIDE, reports.MINE, reports.NEWS)  # the sections that the top line counts


class DeskPane(ListPane):
    """One list; Enter answers what is under the cursor, and what is answered leaves the list."""

    CONTEXT: ClassVar = "desk"
    TITLE: ClassVar = N_("Desk of decisions")
    NOTHING: ClassVar = N_("Nothing waits for you.")
    TEXT: ClassVar[ModuleType] = desk_text  # has the columns, and the cells of a line

    def __init__(self, host: Host, id: str = "desk") -> None:
        super().__init__(host, id)
        self.rows: list[Row] = []
        self.commands |= {
            "open": self.answer,
            "refuse": self.refuse,
            "read": self.read,
            "seen_all": self.see_all,
            "hand_over": lambda: self.host.run(acts.HANDOVER.id),
            "refresh": self.refresh_rows,
            "cancel": lambda: self.host.run("quit"),
        }

    def hints(self) -> list[tuple[str, str]]:
        """Return the keys of the desk."""
        wanted = {
            "open": N_("answer"),
            "refuse": N_("refuse"),
            "read": N_("read the case"),
            "seen_all": N_("all seen"),
            "hand_over": N_("hand over"),
            "cancel": N_("back"),
        }
        return [(self.host.keys.first(self.CONTEXT, command), _(word)) for command, word in wanted.items()]

    @property
    def row(self) -> Row | None:
        """The line under the cursor."""
        return self.rows[self.list.cursor] if 0 <= self.list.cursor < len(self.rows) else None

    @property
    def case_id(self) -> int | None:
        """The case of the line under the cursor; a warning about a place has none."""
        return self.row.case_id if self.row else None

    @property
    def no_case(self) -> str:
        """Why no case can be acted on here."""
        if self.row is None:
            return super().no_case
        keys = self.host.keys
        if self.row.kind == reports.MORE:
            return _("They stand in your own queue; {key} shows it.").format(
                key=keys.first("queue", "queue.2")
            )
        said = _("This line is about a place, not about one case; {key} answers it.")
        return said.format(key=keys.first(self.CONTEXT, "open"))

    def changed(self) -> None:
        """Read again."""
        self.refresh_rows(so_far())

    def refresh_rows(self, keys: Presses = Presses.WAIT) -> None:
        """Read again in the background; the cursor stays on its line, or where the next has come."""
        background(
            self,
            self.read_rows,
            self._show,
            self.host.trouble,
            group="desk",
            latest=True,
            keys=keys,
        )

    def read_rows(self) -> list[Row]:
        """Return what stands on it by now, in a thread."""
        return reports.rows(self.host.desk)

    def _show(self, rows: list[Row]) -> None:
        cursor = self.stay(self.row and self.row.key, [row.key for row in rows])
        self.rows = rows
        words, now = self.host.words, self.host.desk.now()
        firsts = desk_text.firsts(rows)
        shown = Rows(len(rows), lambda at: self.TEXT.row(rows[at], words, now, first=firsts[at]))
        late = {at for at, row in enumerate(rows) if is_late(row.due_at, now)}
        self.list.show(
            self.TEXT.columns(),
            shown,
            cursor=cursor,
            empty=self.way_on(_(self.NOTHING)),
            late=late,
        )
        mine = sum(row.section in OWN for row in rows)
        said = _("{mine} for me, {others} watched; {late} late")
        counted = said.format(mine=mine, others=len(rows) - mine, late=len(late)) if rows else ""
        self.head.update(line((_(self.TITLE), TITLE), ("  " + counted, SOFT)))
        self.about()

    def about(self) -> None:
        """Say in full what the cursor stands on."""
        said = desk_text.detail(self.row, self.host.words) if self.row else ""
        self.detail.update(line((said, SOFT)))
        self.host.draw_case()

    # ------------------------------------------------------------ doing

    def answer(self) -> None:
        """Ask for what answers the line under the cursor; remind those who leave something waiting."""
        row = self.row
        if row is None:
            return
        if row.section in (reports.NEWS, reports.INHERITED):
            self.read()
        elif row.section == reports.WARNED:
            self._warned(row, "accepted")
        elif row.warning is not None:
            self.host.ask("form", AnswerForm(self, row))
        elif row.kind == reports.RETURNED:
            self._ask(acts.DISPATCH.id, row, {})
        elif row.section in OTHERS:
            self._ask(acts.TELL.id, row, {"to": row.who})
        else:
            about = {"of": row.who} if row.kind == duties.ACCOUNTING.id else {}
            about |= {"id": str(row.sum_)} if row.sum_ is not None else {}
            self._ask(duties.BY_ID[row.kind].ended_by.id, row, about)

    def refuse(self) -> None:
        """Ask why it is refused, or a warning dismissed."""
        row = self.row
        if row is None:
            return
        if row.section == reports.WARNED:
            self._warned(row, "dismissed")
        elif row.kind in duties.refused_by(acts.REFUSE) and row.section not in OTHERS:
            self._ask(acts.REFUSE.id, row, {})
        else:
            self.host.say(_("This cannot be refused; Enter answers it."), "warning")

    def read(self) -> None:
        """Show the case whole."""
        if self.row is not None and self.row.case_id is not None:
            self.host.read(self.row.case_id)
        else:
            self.host.say(self.no_case, "warning")

    def see_all(self) -> None:
        """Mark everything that was told to this person as seen, case by case."""
        host = self.host
        keys = [row.case_id for row in self.rows if row.section == reports.NEWS and row.case_id is not None]
        if not keys:
            host.say(_("Everything told to you is seen."), "warning")
            return
        host.save(
            lambda: [doing.do(host.desk, acts.SEEN.id, key, {}) for key in keys],
            lambda _done: self.refresh_rows(),
            host.trouble,
            node=self,
        )

    def _warned(self, row: Row, decision: str) -> None:
        if row.case_id is None:
            self.host.ask("form", SurgeForm(self, row, decision))
        else:
            self._ask(WARNING.id, row, {"warning": str(row.warning), "decision": decision})

    def _ask(self, act: str, row: Row, about: Mapping[str, str]) -> None:
        if row.case_id is None:
            return
        named = any(field.name == "id" for field in actions.of(act).fields) and row.duty is not None
        self.host.begin_on(act, row.case_id, about={**({"id": str(row.duty)} if named else {}), **about})
