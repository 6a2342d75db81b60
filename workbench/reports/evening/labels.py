"""What the figures of the page are called; what each counts is in ``figure_words``."""

from typing import NamedTuple

from workbench.words import N_


class Figure(NamedTuple):
    """A figure by its name in ``summary --json``."""

    name: str
    label: str


FLOWS = (
    Figure("received", N_("Received")),
    Figure("closed", N_("Closed")),
    Figure("done", N_("Done")),
    Figure("reopened", N_("Reopened")),
    Figure("resolution_rate", N_("Resolution rate")),
    Figure("limited_resolutions", N_("Solved in part")),
    Figure("not_accepted", N_("Not solved for the customer")),
    Figure("repeat_rate", N_("Repeat rate")),
    Figure("founded_rate", N_("Share founded")),
    Figure("breach_rate", N_("Breaches of rules")),
    Figure("defect_rate", N_("Service defects")),
    Figure("overturned_rate", N_("Verdicts overturned")),
    Figure("not_impartial", N_("Acts by somebody not impartial")),
    Figure("csi_mean", N_("Satisfaction, mean of 1 to 5")),
    Figure("nps", N_("Recommendation (NPS), -100 to 100")),
    Figure("mood_change", N_("Change of mood")),
    Figure("compensation_total", N_("Compensation, yuan")),
)
STANDING = (
    Figure("open", N_("Open")),
    Figure("waiting", N_("Waiting")),
    Figure("overdue", N_("Overdue")),
    Figure("due_next_24h", N_("Due in the next 24 hours")),
    Figure("hot", N_("Hot")),
)
BY_NAME = {each.name: each for each in (*FLOWS, *STANDING)}
INTERVAL = N_("where fewer than 30 count: the true share lies between these two, 95 times in 100")
