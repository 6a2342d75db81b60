"""The lines of the desk of decisions, as a list draws them."""

from collections.abc import Sequence
from datetime import datetime

from workbench.domain.text import gist, mask_numbers, safe_text
from workbench.reports import desk
from workbench.reports.desk import Row
from workbench.wording.belongings import yuan
from workbench.wording.countdown import countdown
from workbench.wording.names import Names, act, word
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
WORDY = (6, 5, 4)  # columns that give way where there is no room


def headings() -> list[str]:
    """Return the titles of the columns."""
    return ["", _("What"), _("Time left"), _("Number"), _("Customer"), _("Who"), _("What about")]


def row(each: Row, words: Names, now: datetime, *, first: bool) -> list[str]:
    """Return the cells of a line; the name of its section stands in the ``first`` of it only."""
    return [
        _(SECTIONS[each.section]) if first else "",
        kind(each, words),
        countdown(each.due_at, now),
        safe_text(each.number),
        safe_text(each.customer),
        words.owner(each.who),
        about(each),
    ]


def kind(each: Row, words: Names) -> str:
    """Return the word for a line: the kind of duty, of warning, or that it came back."""
    if each.section == desk.NEWS:
        return act(each.kind)
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
        return _("{n} not seen").format(n=each.text)
    if each.asked:
        return f"{yuan(each.asked)}  {text}".strip()
    return text


def detail(each: Row, words: Names) -> str:
    """Return a line in full: what, who wants it from whom, by when."""
    parts = [kind(each, words)]
    if each.by and each.who:
        parts.append(_("{by} to {who}").format(by=safe_text(each.by), who=words.owner(each.who)))
    if each.due_at:
        parts.append(_("by {due}").format(due=words.until(each.due_at)))
    return "  ".join((*parts, about(each)))


def firsts(found: Sequence[Row]) -> list[bool]:
    """Tell for each line whether it is the first of its section."""
    return [at == 0 or found[at - 1].section != each.section for at, each in enumerate(found)]
