"""Saves what the queue shows under a name: queue and filter as they stand, order and columns as asked."""

from collections.abc import Mapping

from screens.ask.form import Form
from screens.background import Presses
from screens.host import Host
from screens.present.ink import SOFT, TITLE, line
from screens.viewing import ORDERS, Viewing, described
from workbench.domain import facts, values
from workbench.domain.errors import UsageError, WorkbenchError
from workbench.domain.text import safe_text
from workbench.rules.action import Field
from workbench.views.view import COLUMNS, SavedView, orders_of
from workbench.wording import filters
from workbench.words import N_, _

NAME, DIGIT, ORDER = "name", "digit", "order"


class SaveView(Form):
    """Asks for the name, and whatever else of a view can be chosen."""

    def __init__(self, host: Host, viewing: Viewing) -> None:
        self.host, self.viewing = host, viewing
        self.view = shown_as_view(host, viewing.shown if viewing.finding.before is None else None)
        super().__init__(
            line((_("Save this view"), TITLE), (f"  {described(self.view)}", SOFT)),
            fields_of(self.view.queue),
            host.words.policy,
            host.desk.now,
            _given(self.view),
        )

    def store(self, typed: Mapping[str, str]) -> None:
        """Save in the background; what is wrong is said beside its field."""
        try:
            view = self._asked(typed)
        except UsageError as why:
            self.refused(why)
            return
        file = self.viewing.file

        def save() -> SavedView | None:
            from workbench.views import keeping

            loser = keeping.save(file.path, view)
            file.look()
            return loser

        def done(loser: SavedView | None) -> None:
            self._done(view, loser)

        self.host.save(save, done, self._failed, form=self, keys=Presses.WAIT)

    def _asked(self, typed: Mapping[str, str]) -> SavedView:
        digit = typed.get(DIGIT, "").strip()
        named = typed.get("columns", "").replace("，", ",").split(",")
        columns = tuple(dict.fromkeys(filter(None, (_key(each.strip()) for each in named))))
        return self.view._replace(
            name=typed[NAME].strip(),
            digit=values.whole(digit, 0, 9, option=DIGIT) if digit else None,
            order="" if typed.get(ORDER) == orders_of(self.view.queue)[0] else typed.get(ORDER, ""),
            columns=columns,
        )

    def _failed(self, why: WorkbenchError) -> None:
        if self.host.question is self:
            self.refused(why)
        else:
            self.host.trouble(why)

    def _done(self, view: SavedView, loser: SavedView | None) -> None:
        if self.host.question is self:
            self.host.answered()
        self.viewing.open(view)
        said = _('The view "{name}" is saved in {file}.')
        said = said.format(name=safe_text(view.name), file=safe_text(str(self.viewing.file.path)))
        if loser is not None:
            lost = _('The view "{name}" stands on that digit no more.')
            said += " " + lost.format(name=safe_text(loser.name))
        self.host.say(said, toast=True)


def fields_of(queue: str) -> tuple[Field, ...]:
    """Return what is asked for a view of ``queue``."""
    own, *others = orders_of(queue)
    orders = ((own, N_("as the queue")), *((each, ORDERS[each]) for each in others))
    return (
        Field(NAME, N_("Name of the view"), "line", required=True),
        Field(DIGIT, N_("On the digit"), "line"),
        Field(ORDER, N_("Order"), "choice", choices=orders, default=own),
        Field("columns", N_("Columns, by commas"), "line"),
    )


def _key(name: str) -> str:
    """Return the JSON key that a column is called by: its key, its label, another name of it.

    Raises:
        UsageError: no line of the queue shows that.
    """
    labels = {facts.label(key): key for key in COLUMNS}
    found = labels.get(name) or filters.known_as(name)
    return values.choice(found, COLUMNS, option="columns") if name else ""


def shown_as_view(host: Host, shown: SavedView | None) -> SavedView:
    """Return what the queue shows as a view, with the name and the digit that it has already."""
    feed, typed, found = host.feed, host.feed.typed, host.feed.filter
    if found.text == typed and not found.where and not _is_words(typed, host):  # looked for, not filtered
        typed = f'"{typed}"'
    base = shown or SavedView("")
    return base._replace(queue=feed.queue, where=typed, order=found.order, columns=tuple(feed.table.columns))


def has_words(host: Host) -> bool:
    """Say whether a filter line says what narrows the queue; a list of the board may have a title only."""
    if not host.feed.filter.where:
        return True
    try:
        return bool(filters.parse(host.feed.typed, host.words.policy, host.desk.now()).where)
    except UsageError:
        return False


def _is_words(typed: str, host: Host) -> bool:
    """Say whether a filter line looks for ``typed`` as it stands."""
    try:
        found = filters.parse(typed, host.words.policy, host.desk.now())
    except UsageError:
        return False
    return (found.words, found.where) == (typed, ())


def _given(view: SavedView) -> dict[str, str]:
    given = {
        NAME: view.name,
        "columns": ", ".join(map(facts.label, view.columns)),
        ORDER: view.order or orders_of(view.queue)[0],
    }
    return given if view.digit is None else given | {DIGIT: str(view.digit)}
