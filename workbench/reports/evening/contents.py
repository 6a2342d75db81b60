"""The evening page put together from the figures; what the figures lack is left out."""

from collections.abc import Iterator, Mapping
from typing import Any

from workbench.domain.policies import Rules
from workbench.reports import figure_words
from workbench.reports.evening import charts, figures, lists, more, sentences
from workbench.reports.evening.given import Given, seen
from workbench.reports.evening.labels import FLOWS, INTERVAL, STANDING
from workbench.reports.evening.model import Definition, Paper
from workbench.words import _


def paper(found: Mapping[str, Any], rules: Rules) -> Paper:
    """Return the page of ``found``, the document of ``summary --json``, in the language in use."""
    given = Given(found, rules)
    return Paper(
        title=_("Summary of {date}").format(date=given.days),
        under=" · ".join(_under(given)),
        sentences=sentences.sentences(given),
        warnings=[str(warning) for warning in given.lines("warnings")],
        figures=figures.tables(given),
        charts=charts.charts(given),
        lists=lists.tables(given),
        more=more.tables(given),
        definitions=list(_definitions(given)),
        ends=list(_ends(given)),
    )


def _under(given: Given) -> Iterator[str]:
    """Yield what the figures are of."""
    part = given.table("part")
    for name, template in (
        ("unit", _("unit {name}")),
        ("site", _("site {name}")),
        ("handler", _("of {name}")),
    ):
        if part.get(name):
            yield template.format(name=seen(name, part[name]))
    if as_of := given.figures.get("as_of"):
        yield _("how things stand is as of {moment}").format(moment=given.moment(as_of))
    for name, template in (("before", _("before: {days}")), ("year_ago", _("a year ago: {days}"))):
        span = given.table(name)
        if span.get("last"):
            yield template.format(days=Given(span, given.rules).days)


def _definitions(given: Given) -> Iterator[Definition]:
    """Yield what each figure on the page counts, and the line that lists its cases."""
    for each in (*figures.shown(given, FLOWS), *figures.shown(given, STANDING)):
        means = _(figure_words.MEANS[figure_words.root(each.name)])
        yield Definition(_(each.label), means, _line(given, each.name))
    for clock in given.table("on_time"):
        name = _("On time: {clock}").format(clock=given.clock(clock))
        yield Definition(name, _(figure_words.MEANS["on_time"]), _line(given, f"on_time.{clock}"))
    clocks = given.table("on_time").values()
    if any(name.endswith("_low") for name in given.figures) or any("low" in clock for clock in clocks):
        yield Definition(_("{low} to {high} %").format(low="…", high="…"), _(INTERVAL))


def _line(given: Given, figure: str) -> str:
    """Return the line that lists the cases of a figure; empty where the page does not say of which days."""
    if not given.first or not figure_words.root(figure):
        return ""
    asked = {"first": given.first, "last": given.last, "part": given.table("part")}
    return figure_words.command(figure_words.terms_of_page(figure, asked))


def _ends(given: Given) -> Iterator[str]:
    if left_out := figures.nothing_counted(given):
        yield _("Nothing counted for: {figures}.").format(figures=_(", ").join(left_out))
    if printed := given.table("printed"):
        yield _("The page of that night is kept as it was printed at {moment}, sealed {seal}.").format(
            moment=given.moment(printed.get("as_of")), seal=printed.get("seal")
        )
    yield _("What a figure counts, and its cases: workbench summary --explain FIGURE")
    if seal := given.figures.get("seal"):
        yield _("Seal, to be kept elsewhere: {seal}").format(seal=seal)
