"""The summary in words, for people: terminal, Markdown, HTML. ``summary.summary`` makes the figures."""

from collections.abc import Mapping
from typing import Any

from workbench.domain.house import ACTS
from workbench.domain.policies import Rules, Term, name_of
from workbench.domain.text import safe_text
from workbench.domain.times import local, unstamp
from workbench.reports import page
from workbench.reports.page import Page, Table
from workbench.words import N_, _, language

DAY = (
    ("received", N_("Received")), ("closed", N_("Closed")), ("done", N_("Done")),
    ("reopened", N_("Reopened")),
    ("limited_resolutions", N_("Solved in part")), ("not_accepted", N_("Not solved for the customer")),
    ("resolution_rate", N_("Resolution rate")),
    ("repeat_rate", N_("Repeat rate")), ("founded_rate", N_("Share founded")),
    ("breach_rate", N_("Breaches of rules")),
    ("defect_rate", N_("Service defects")), ("not_impartial", N_("Acts by somebody not impartial")),
    ("csi_mean", N_("Satisfaction, mean of 1 to 5")),
    ("nps", N_("Recommendation (NPS), -100 to 100")), ("mood_change", N_("Change of mood")),
    ("compensation_total", N_("Compensation, yuan")),
)  # fmt: skip
NOW = (
    ("open", N_("Open")), ("waiting", N_("Waiting")), ("overdue", N_("Overdue")),
    ("due_next_24h", N_("Due in the next 24 hours")), ("hot", N_("Hot")),
)  # fmt: skip
BY = (
    ("by_kind", N_("Received by kind"), "kinds"), ("by_severity", N_("Received by level"), ""),
    ("by_category", N_("Received by category"), "categories"), ("by_site", N_("Received by site"), ""),
    ("by_channel", N_("Received by channel"), "channels"), ("by_handler", N_("Received by handler"), ""),
    ("open_by_handler", N_("Open and waiting by handler"), ""),
    ("missed_by", N_("Missed clocks by who held the case then"), ""),
)  # fmt: skip
NOT_KNOWN = "-"
NONE_GIVEN = N_("(none)")
MORE = N_("and {n} more")


def as_lines(summary: Mapping[str, Any], rules: Rules | None = None) -> list[str]:
    """Return the summary for a terminal, line by line; ``rules`` give names and the zone."""
    return page.lines(_page(summary, rules), _(MORE))


def as_markdown(summary: Mapping[str, Any], rules: Rules | None = None) -> str:
    """Return the summary as Markdown."""
    return page.markdown(_page(summary, rules))


def as_html(summary: Mapping[str, Any], rules: Rules | None = None) -> str:
    """Return the summary as one HTML file that needs nothing else."""
    return page.html(_page(summary, rules), language())


def _page(summary: Mapping[str, Any], rules: Rules | None) -> Page:
    as_of = summary["as_of"]
    moment = local(unstamp(as_of), rules.zone) if rules else as_of
    remarks = [
        _("What happened is of the day {date}; how things stand is as of {moment}.").format(
            date=summary["date"], moment=moment
        ),
        *(_("Warning: {warning}").format(warning=warning) for warning in summary["warnings"]),
        _("Seal, to be kept elsewhere: {seal}").format(seal=summary["seal"]),
    ]
    tables = [
        Table(_("The day"), [(_(label), figure_text(key, summary[key])) for key, label in DAY]),
        _on_time(summary, rules),
        Table(_("How things stand"), [(_(label), str(summary[key])) for key, label in NOW]),
        _callbacks(summary),
        _promises(summary),
        _duties(summary, rules),
        _unpaid(summary, rules),
        _goals(summary, rules),
        _house(summary, rules),
        Table(_("Straight to the top"), [(number,) for number in summary["straight_to_top"]]),
        *(_by(_level_names(key, summary[key]), _(label), terms_of(rules, terms)) for key, label, terms in BY),
    ]
    title = _("Summary of {date}").format(date=summary["date"])
    return Page(title, remarks, [table for table in tables if table.rows])


def _house(summary: Mapping[str, Any], rules: Rules | None) -> Table:
    """Return what befell the house on the day."""
    rows = [
        (
            local(unstamp(each["at"]), rules.zone) if rules else each["at"],
            each["by"],
            _(ACTS[each["act"]].title),
        )
        for each in summary["house"]
    ]
    return Table(_("The house"), rows)


def _on_time(summary: Mapping[str, Any], rules: Rules | None) -> Table:
    names = rules.policy.clocks if rules else {}
    rows = [
        (
            str(names[clock].name) if clock in names else clock,
            str(found["met"]), str(found["missed"]), figure_text("rate", found["rate"]),
        )
        for clock, found in summary["on_time"].items()
    ]  # fmt: skip
    return Table(_("On time"), rows, (_("Clock"), _("Met"), _("Missed"), _("Share")))


def _callbacks(summary: Mapping[str, Any]) -> Table:
    labels = {
        "done": N_("Calls made"),
        "reached": N_("Reached"),
        "owed": N_("Owed now"),
        "overdue": N_("Overdue now"),
    }
    return Table(
        _("Callbacks"), [(_(label), str(summary["callbacks"][key])) for key, label in labels.items()]
    )


def _promises(summary: Mapping[str, Any]) -> Table:
    labels = {
        "kept": N_("Kept"),
        "broken": N_("Broken"),
        "open": N_("Open now"),
        "overdue": N_("Overdue now"),
    }
    return Table(_("Promises"), [(_(label), str(summary["promises"][key])) for key, label in labels.items()])


def _duties(summary: Mapping[str, Any], rules: Rules | None) -> Table:
    """Return what was owed besides promises: how each kind ended on the day, and how it stands."""
    known = rules.policy.regime.duties if rules else {}
    return Table(
        _("What was owed"),
        [
            (
                str(known[kind].name) if kind in known else kind,
                _("{ended} ended, {in_time} in time; {open} open, {overdue} overdue").format(
                    **{"ended": 0, "in_time": 0, "open": 0, "overdue": 0} | counts
                ),
            )
            for kind, counts in summary["duties"].items()
        ],
    )


def _unpaid(summary: Mapping[str, Any], rules: Rules | None) -> Table:
    rows = [
        (
            each["number"], each["amount"], safe_text(each["owner"]),
            local(unstamp(each["due_at"]), rules.zone) if rules else each["due_at"],
            _("late") if each["overdue"] else "",
        )
        for each in summary["unpaid"]
    ]  # fmt: skip
    return Table(_("Promised and not paid"), rows, (_("Number"), _("Sum, yuan"), _("Owner"), _("Due"), ""))


def _goals(summary: Mapping[str, Any], rules: Rules | None) -> Table:
    """Return the goals with their figures; words say whether each is met."""
    clocks = rules.policy.clocks if rules else {}
    labels = dict(DAY)
    rows = []
    for goal in summary["goals"]:
        name, kind = goal["name"], "rate" if goal["name"] in clocks else goal["name"]
        label = str(clocks[name].name) if name in clocks else _(labels.get(name, name))
        words = {True: _("met"), False: _("NOT MET"), None: NOT_KNOWN}[goal["met"]]
        rows.append((label, figure_text(kind, goal["goal"]), figure_text(kind, goal["figure"]), words))
    return Table(_("Goals"), rows, (_("Figure"), _("Goal"), _("On the day"), ""))


def _by(counts: Mapping[str, int], title: str, terms: Mapping[str, Term]) -> Table:
    return Table(
        title, [(name_of(terms, key) if key else _(NONE_GIVEN), str(n)) for key, n in counts.items() if n]
    )


def _level_names(key: str, counts: Mapping[str, int]) -> Mapping[str, int]:
    if key != "by_severity":
        return counts
    return {_("Level {level}").format(level=level): n for level, n in counts.items()}


def terms_of(rules: Rules | None, vocabulary: str) -> Mapping[str, Term]:
    """Return a vocabulary of the policy by its name, empty for none."""
    found: Mapping[str, Term] = getattr(rules.policy, vocabulary) if rules and vocabulary else {}
    return found


def figure_text(key: str, value: float | int | str | None) -> str:
    """Return a figure as people read it: shares in per cent, ``-`` where nothing counts."""
    if value is None:
        return NOT_KNOWN
    if key.endswith("rate") and isinstance(value, float | int):
        return f"{100 * value:.1f} %"
    return str(value)
