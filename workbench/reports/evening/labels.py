"""What the figures of the page are called and, in a line, what each counts; whole: docs/figures.md."""

from typing import NamedTuple

from workbench.words import N_


class Figure(NamedTuple):
    """A figure by its name in ``summary --json``."""

    name: str
    label: str
    counts: str


FLOWS = (
    Figure("received", N_("Received"), N_("cases by the time of their receipt")),
    Figure("closed", N_("Closed"), N_("cases closed, those opened again since included")),
    Figure("done", N_("Done"), N_("cases that came to their end, called back where that is owed")),
    Figure("reopened", N_("Reopened"), N_("cases opened again")),
    Figure("resolution_rate", N_("Resolution rate"),
           N_("of the cases closed with a word on it, those solved; in part only with consent")),
    Figure("limited_resolutions", N_("Solved in part"), N_("cases closed with a part of what was asked for")),
    Figure("not_accepted", N_("Not solved for the customer"),
           N_("cases closed without a solution, or not accepted by the customer")),
    Figure("repeat_rate", N_("Repeat rate"),
           N_("of the cases received or reopened, those reopened and the second complaints")),
    Figure("founded_rate", N_("Share founded"), N_("of the cases verified, those founded or partly founded")),
    Figure("breach_rate", N_("Breaches of rules"), N_("of the cases verified, those that broke a rule")),
    Figure("defect_rate", N_("Service defects"), N_("of the cases verified, those that are service defects")),
    Figure("overturned", N_("Verdicts overturned"), N_("verdicts that a later one took back")),
    Figure("passed_around", N_("Passed around"), N_("customers passed from one to another of us")),
    Figure("not_impartial", N_("Acts by somebody not impartial"),
           N_("acts by somebody about whom the case complains, as nobody else was left")),
    Figure("csi_mean", N_("Satisfaction, mean of 1 to 5"), N_("of the customers reached who answered")),
    Figure("nps", N_("Recommendation (NPS), -100 to 100"),
           N_("share of answers 9 and 10 less that of 0 to 6")),
    Figure("mood_change", N_("Change of mood"), N_("mean of the mood at the callback less that at intake")),
    Figure("compensation_total", N_("Compensation, yuan"), N_("sums promised to customers, paid or not")),
)  # fmt: skip
STANDING = (
    Figure("open", N_("Open"), N_("cases that are worked on, now")),
    Figure("waiting", N_("Waiting"), N_("cases paused for the customer or a third party, now")),
    Figure("overdue", N_("Overdue"), N_("cases whose next due time has passed, now")),
    Figure("due_next_24h", N_("Due in the next 24 hours"), N_("cases, from now on")),
    Figure("hot", N_("Hot"), N_("cases that may turn into a lawsuit or a story, now")),
)  # fmt: skip
BY_NAME = {each.name: each for each in (*FLOWS, *STANDING)}
CLOCKS = N_(
    "clocks that stopped, met of all by the verdict frozen then; one that is late and runs is overdue"
)
INTERVAL = N_("where fewer than 30 count: the true share lies between these two, 95 times in 100")
