"""How customers and staff are treated, from a policy file: verdicts, standards, manners, goals."""

from collections.abc import Collection, Mapping
from typing import Any

from msgspec.structs import replace

from workbench.domain.acts import VERIFY
from workbench.domain.regime import Goal, Manner, Question, Role, Standard, Verification
from workbench.policy.terms import NAME, NAMELESS, name_in, read_name, source_in
from workbench.toml.checks import LONGEST_TEXT, Checker, Path
from workbench.words import N_

NEEDS = ("account", "standard", "cause")  # what a verdict can be made to need
LONGEST_LINE = 200  # characters of a sentence that stands in a list of its own
SHARE = (0.0, 1.0)
GOALS = {  # figures of the summary, beside the shares of clocks met
    "resolution_rate": SHARE, "repeat_rate": SHARE, "csi_mean": (1.0, 5.0), "nps": (-100.0, 100.0),
}  # fmt: skip
LESS_IS_BETTER = ("repeat_rate",)
LEAST, MOST_LEAST = "least", 100_000  # of how many a figure has to be


def read_verification(check: Checker, value: object, roles: Mapping[str, Role]) -> Verification:
    """Return what a verdict needs (an empty list asks nothing), and which of ``roles`` give it."""
    path: Path = ("verification",)
    table = check.table(path, value, ("needs", "roles"))
    asked = Verification()
    if "needs" in table:
        asked = replace(asked, needs=check.some_of((*path, "needs"), table["needs"], NEEDS, empty=True))
    if "roles" not in table:
        return asked
    found = check.some_of((*path, "roles"), table["roles"], roles)
    for key in (key for key in found if key in roles and not roles[key].allows(VERIFY.id)):
        check.fault((*path, "roles"), N_("{key} may not verify; say so in may."), key=key)
    return replace(asked, roles=found)


def read_standards(check: Checker, given: Mapping[str, Any]) -> dict[str, Standard]:
    """Return the catalogue of service standards."""
    found = {}
    for key, value in given.items():
        path: Path = ("standards", key)
        table = check.table(path, value, (*NAME, "breach", "source"), NAME)
        breach = check.yes((*path, "breach"), table.get("breach", False))
        found[key] = Standard(
            key, name_in(check, path, table, LONGEST_LINE), breach, source_in(check, path, table)
        )
    return found


def read_questions(check: Checker, given: Mapping[str, Any]) -> dict[str, Question]:
    """Return what an audit asks of a closed case; each question says where it comes from."""
    found = {}
    for key, value in given.items():
        path: Path = ("audit", key)
        table = check.table(path, value, (*NAME, "asks", "source"), (*NAME, "asks", "source"))
        asks = read_name(check, (*path, "asks"), table.get("asks", NAMELESS), LONGEST_LINE)
        found[key] = Question(key, name_in(check, path, table), asks, source_in(check, path, table))
    return found


def read_manners(check: Checker, what: str, given: Mapping[str, Any]) -> dict[str, Manner]:
    """Return temperaments, styles or motives, each with the way to serve it."""
    found = {}
    for key, value in given.items():
        path: Path = (what, key)
        table = check.table(path, value, (*NAME, "strategy", "source"), (*NAME, "strategy"))
        strategy = read_name(check, (*path, "strategy"), table.get("strategy", NAMELESS), LONGEST_TEXT)
        found[key] = Manner(key, name_in(check, path, table), strategy, source_in(check, path, table))
    return found


def read_goals(check: Checker, value: object, clocks: Collection[str]) -> dict[str, Goal]:
    """Return what figures of the summary should reach: shares of clocks met in time, and some others."""
    table = check.table(("goals",), value, (*clocks, *GOALS, LEAST))
    least = check.whole(("goals", LEAST), table.get(LEAST, 1), 1, MOST_LEAST)
    found = {}
    for key in (key for key in table if key in clocks or key in GOALS):
        low, high = GOALS.get(key, SHARE)
        reach = check.share(("goals", key), table[key], low, high)
        found[key] = Goal(key, reach, key in LESS_IS_BETTER, least)
    return found
