"""What each figure counts, in words; and the terms of ``--where`` that ask for its cases."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from workbench.reports.counted import NONE
from workbench.reports.figure_terms import BETWEEN, NOW, UNDER, listed
from workbench.reports.scope import Scope
from workbench.words import N_

MEANS = {
    "received": N_("Cases by when they were received, which may be earlier than their recording."),
    "closed": N_("Cases that were closed, those opened again since included; each once."),
    "done": N_("Cases that came to their end (closed, and called back where that is owed) and are done now."),
    "reopened": N_("Cases that were opened again, by hand or because the problem is still there."),
    "open": N_("Cases in work now; a pause whose time has come is over."),
    "waiting": N_("Cases that wait now, for the customer or a third party."),
    "overdue": N_("Cases, not done, whose next due time has passed."),
    "due_next_24h": N_("Cases, not done, whose next due time lies within the next 24 hours."),
    "hot": N_("Cases, not done, with the hot mark, those that age has made hot included."),
    "on_time": N_("Cycles of this clock that stopped, by the verdict that was frozen then."),
    "by_kind": N_("Cases received, by the kind that is on them now."),
    "by_category": N_("Cases received, by the category that is on them now."),
    "by_site": N_("Cases received, by the place that is on them now."),
    "by_channel": N_("Cases received, by how they came."),
    "by_handler": N_("Cases received, by who holds them now."),
    "by_severity": N_("Cases received, by the level at which they stand now."),
    "open_by_handler": N_("Open and waiting cases, by who holds them now."),
    "resolution": N_("Of the cases closed whose closing says how they came out, those solved: in full unless"
                     " the customer does not accept it, in part only with consent."),
    "limited_resolutions": N_("Cases closed as solved in part."),
    "not_accepted": N_("Cases closed without a solution, or not accepted by the customer."),
    "repeat": N_("Of the cases received or opened again, those opened again and the second complaints."),
    "founded": N_("Of the cases verified, by their newest verdict, those founded or partly founded."),
    "breach": N_("Of the cases verified, those founded whose standard is a breach of a rule."),
    "defect": N_("Of the cases verified, those founded whose standard is a service defect."),
    "missed_by": N_("Clocks that stopped too late, by who held the case when they fell due, else the place."),
    "not_impartial": N_("Acts of somebody who is not impartial, because nobody else was left to do them."),
    "compensation_total": N_("Yuan promised to customers or granted on request, paid or not."),
    "duties": N_("What was owed besides promises: how it ended, in time or not, and what is open now."),
    "promises": N_("Promises by the day on which they were said to be kept or broken; open ones now."),
    "callbacks": N_("Calls after closing, and customers reached; closed cases that owe an opinion now."),
    "csi_mean": N_("Mean satisfaction, 1 to 5, of the customers reached who answered."),
    "nps": N_("Share of answers 9 and 10 less that of 0 to 6, in per cent."),
    "mood_change": N_("Mean of the mood at the callback less that at intake, of cases that have both."),
    "overturned": N_("Verdicts that say something else than the one before them."),
    "audits": N_("Audits of closed cases, their mean score, and the answers to each question."),
    "late": N_("What is owed and late now: presses, confirmations, preventions and other duties."),
    "early_warnings": N_("Early warnings about cases that wait for a decision now."),
    "escalations": N_("Steps of ladders that were told, by clock and by how much of its time had passed."),
    "open_by_age": N_("Unsolved cases by how many days ago they were received."),
    "times.first_answer": N_("Cases whose customers heard of us for the first time; seconds from receipt."),
    "times.proposal": N_("Cases that had their first proposed solution; seconds from receipt."),
    "times.closing": N_("Cases that are closed, by their newest closing; seconds from receipt."),
    "times.waiting": N_("Waits that ended, each pause by itself; seconds from its beginning."),
    "waiting_by_reason": N_("Waits that ended, by what was waited for; seconds from their beginning."),
    "passed_around": N_("Cases on which a customer was passed on: hand-offs, refusals, what came back, what"
                        " was called not theirs."),
    "unpaid": N_("Sums promised to customers and not paid now; a summary shows the 20 due first."),
    "tomorrow": N_("What falls due on the day after the last and later than now, each case by what is next; a"
                   " summary shows the first 50."),
    "sums.claimed": N_("Yuan that customers claim, of the cases received."),
    "sums.promised": N_("Yuan promised to customers or granted on request, paid or not."),
    "sums.paid": N_("Yuan paid to customers."),
    "sums.unpaid": N_("Yuan promised to customers and not paid now, of sums that are a duty to pay."),
    "opinions": N_("Calls in which the customer answered, by what is on the case now."),
    "people": N_("Clocks that stopped, by who held the case when it fell due or was met; what they hold now,"
                 " and what was closed of theirs."),
    "straight_to_top": N_("Unsolved cases at level 1 or hot that came in, came back or rose."),
}  # fmt: skip
SHARES = ("resolution", "repeat", "founded", "breach", "defect", "overturned")
MEANS_OF = ("csi_mean", "nps", "mood_change")  # their numbers are called so with ``_of``
ONLY_SHARES = SHARES[:-1]  # what was overturned is a number by itself, too
PARTS_OF_SHARES = ("_rate", "_met", "_of")
OF_RECEIVED = ("by_kind", "by_category", "by_site", "by_channel", "by_handler", "by_severity")
LIVE = ("status!=closed", "status!=done")
STANDING = {
    "open": ("status=open",),
    "waiting": ("status=waiting",),
    "overdue": ("overdue=true",),
    "hot": ("hot=true", "status!=done"),
    "due_next_24h": (f"due_next_24h={NOW}",),
    "callbacks.owed": ("status=closed",),
    "unpaid": (f"unpaid={NOW}",),
    "sums.unpaid": (f"sums.unpaid={NOW}",),
}
OWED_NOW = (".open", ".overdue")
STANDING_NOW = ("late", "early_warnings", "open_by_age")


def root(figure: str) -> str:
    """Return the name under which the words for ``figure`` stand; empty for none that is known."""
    first, _, rest = figure.partition(".")
    if (both := f"{first}.{rest.partition('.')[0]}") in MEANS:
        return both
    for part in PARTS_OF_SHARES:
        if first.removesuffix(part) in SHARES and first.endswith(part):
            return first.removesuffix(part)
    if first.removesuffix("_of") in MEANS_OF:
        return first.removesuffix("_of")
    return first if first in MEANS and first not in ONLY_SHARES else ""


def typed(figure: str) -> str:
    """Return ``figure`` as it is typed: an empty name behind a dot has a word that stands for it."""
    return figure + NONE if figure.endswith(".") else figure


def terms(figure: str, scope: Scope) -> tuple[str, ...]:
    """Return what ``workbench list all --where …`` takes to give exactly the cases of ``figure``."""
    return (*_own_terms(figure, days_of(scope.first, scope.last)), *_of_part(scope))


def terms_of_page(figure: str, found: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the same of the document of a summary."""
    part, days = found.get("part") or {}, days_of(found["first"], found["last"])
    names = {"unit": UNDER, "site": "site", "handler": "handler"}
    within = [f"{field}={part[name]}" for name, field in names.items() if part.get(name)]
    return (*_own_terms(figure, days), *within)


def command(terms: Iterable[str]) -> str:
    """Return the line that lists the cases which ``terms`` ask for."""
    return listed("all", terms)


def _own_terms(figure: str, days: str) -> tuple[str, ...]:
    first, dot, rest = figure.partition(".")
    if figure in STANDING:
        return STANDING[figure]
    if first in OF_RECEIVED and dot:
        return f"received={days}", f"{first.removeprefix('by_')}={rest or NONE}"
    if first == "open_by_handler":
        return f"handler={rest or NONE}", *LIVE
    if figure in MEANS_OF:  # a case may have something of that name, too
        return (f"{figure}_of={days}",)
    return (f"{typed(figure)}={NOW if first in STANDING_NOW or figure.endswith(OWED_NOW) else days}",)


def days_of(first: date | str, last: date | str) -> str:
    """Return days as a term of ``--where`` has them."""
    return f"{first}" if first == last else f"{first}{BETWEEN}{last}"


def _of_part(scope: Scope) -> tuple[str, ...]:
    unit, part = scope.unit, scope.part
    found = (f"{UNDER}={unit}",) if unit else tuple(f"site={site}" for site in part.sites or ())
    return found + ((f"handler={part.handler}",) if part.handler else ())
