"""The lines of the desk of decisions, as a list draws them."""

from collections.abc import Sequence
from datetime import datetime

from screens.list_columns import Column
from workbench import actions
from workbench.domain.text import gist, mask_numbers, safe_text
from workbench.reports import desk
from workbench.reports.desk_row import Row
from workbench.wording.belongings import yuan
from workbench.wording.countdown import countdown
from workbench.wording.names import Names, act, level, person, word
from workbench.words import N_, _

SECTIONS = {
    desk.DECIDE: N_("To decide"),
    desk.MINE: N_("Mine to do"),
    desk.INHERITED: N_("Taken over late"),
    desk.NEWS: N_("Told to me"),
    desk.PRESSED: N_("Pressed"),
    desk.DISPATCHED: N_("Dispatched"),
    desk.UNCONFIRMED: N_("Unconfirmed"),
    desk.UNPAID: N_("Not paid"),
    desk.WARNED: N_("Warnings"),
}
LONGEST = 200  # characters of a text in a cell
WANTED = (
    desk.DECIDE,
    desk.MINE,
    desk.NEWS,
)  # sections in which it matters who wants something, not whose it is


def columns() -> list[Column]:
    """Return the columns: what, by when, for whom and why stand on any screen, others where there is room."""
    return [
        Column("", 4, 10),
        Column(_("What"), 3, 16),
        Column(_("Time left")),
        Column(_("Number"), 5, 6, by_its_end=True),
        Column(_("Customer"), 6, 6),
        Column(_("Who"), 2, 8),
        Column(_("What about"), 1, 16),
    ]


def row(each: Row, words: Names, now: datetime, *, first: bool) -> list[str]:
    """Return the cells of a line; the name of its section stands in the ``first`` of it only."""
    return [
        _(SECTIONS[each.section]) if first else "",
        what(each, words),
        countdown(each.due_at, now),
        safe_text(each.number),
        safe_text(each.customer),
        (person(each.by) if each.section in WANTED and each.by else "") or words.owner(each.who),
        about(each),
    ]


def what(each: Row, words: Names) -> str:
    """Return what is wanted: a request with what is asked for, a level with what it was."""
    if each.levels:
        before, after = (level(number) for number in each.levels)
        return _("Level {before} to {after}").format(before=before, after=after)
    wanted = _(actions.of(each.act).title) if each.act else kind(each, words)
    return f"{yuan(each.asked)} {wanted}" if each.asked else wanted  # the word is cut before the sum


def kind(each: Row, words: Names) -> str:
    """Return the word for a line: the kind of duty, of warning, or that it came back."""
    if each.section == desk.NEWS:
        return act(each.kind)
    if each.kind == desk.MORE:
        return _("{n} more late cases").format(n=each.told)
    if each.section == desk.INHERITED:
        return words.named("clock", each.kind)
    if each.section == desk.WARNED:
        return _titled(word(each.kind))
    return _("Came back") if each.kind == desk.RETURNED else words.duty(each.kind)


def _titled(text: str) -> str:
    return text[:1].upper() + text[1:]


def about(each: Row) -> str:
    """Return what a line is about, in one line."""
    text = gist(mask_numbers(each.text), LONGEST)
    if each.section == desk.NEWS:
        return "  ".join(part for part in (_("{n} not seen").format(n=each.told), text) if part)
    return text


def detail(each: Row, words: Names) -> str:
    """Return a line in full: in which section, what, of which case, who wants it from whom, by when."""
    parts = [_(SECTIONS[each.section]), what(each, words)]
    if each.number:
        parts.append(f"{safe_text(each.number)} {safe_text(each.customer)}".strip())
    if each.by and each.who:
        parts.append(_("{by} to {who}").format(by=safe_text(each.by), who=words.owner(each.who)))
    if each.due_at:
        parts.append(_("by {due}").format(due=words.until(each.due_at)))
    return "  ".join((*parts, about(each)))


def firsts(found: Sequence[Row]) -> list[bool]:
    """Tell for each line whether it is the first of its section."""
    return [at == 0 or found[at - 1].section != each.section for at, each in enumerate(found)]
