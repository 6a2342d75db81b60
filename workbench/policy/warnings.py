"""From when on a case, or a place, is a warning, from a policy file."""

from workbench.domain.regime import Insists, Surge, WarningRules
from workbench.toml.checks import Checker, Path
from workbench.words import N_

COUNT = (1, 1000)
TIMES = (2, 1000)  # coming once is not coming again and again
SURGE_DAYS, SURGE_PAST, SURGE_LEAST = (1, 366), (1, 520), (1, 100_000)
LONGEST_PAST = 3660  # days that a surge may look back
FALSE_ALARMS = (0.000001, 0.5)

_SURGE = ("days", "past", "least", "false_alarms")
_COUNTS = ("repeats", "handoffs", "passed-around", "broken")


def read_warnings(check: Checker, value: object) -> WarningRules:
    """Return from when on a case, or a place, is a warning."""
    path: Path = ("warnings",)
    table = check.table(path, value, (*_COUNTS, "silence", "surge", "insists"))
    counts = {key: check.whole((*path, key), table[key], *COUNT) for key in _COUNTS if key in table}
    silence = check.span((*path, "silence"), table["silence"]) if "silence" in table else None
    surge = _surge(check, (*path, "surge"), table["surge"]) if "surge" in table else None
    counts = {key.replace("-", "_"): count for key, count in counts.items()}
    # a policy that warns of anything warns of this; one without the table of nothing
    insists = _insists(check, (*path, "insists"), table.get("insists", {})) if table else None
    return WarningRules(**counts, silence_seconds=silence, surge=surge, insists=insists)


def _insists(check: Checker, path: Path, value: object) -> Insists:
    usual = Insists()
    table = check.table(path, value, ("times", "within"))
    within = check.span((*path, "within"), table["within"]) if "within" in table else usual.within_seconds
    return Insists(check.whole((*path, "times"), table.get("times", usual.times), *TIMES), within)


def _surge(check: Checker, path: Path, value: object) -> Surge:
    usual = Surge()
    table = check.table(path, value, _SURGE)
    before = len(check.found)
    found = Surge(
        days=check.whole((*path, "days"), table.get("days", usual.days), *SURGE_DAYS),
        past=check.whole((*path, "past"), table.get("past", usual.past), *SURGE_PAST),
        least=check.whole((*path, "least"), table.get("least", usual.least), *SURGE_LEAST),
        false_alarms=check.share(
            (*path, "false_alarms"), table.get("false_alarms", usual.false_alarms), *FALSE_ALARMS
        ),
    )
    if len(check.found) == before and found.days * found.past > LONGEST_PAST:
        check.fault(path, N_("looks back more than {n} days."), n=LONGEST_PAST)
    return found
