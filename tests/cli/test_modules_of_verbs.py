"""Which modules of ours a verb loads: each costs a process about a millisecond, and few are needed.

What is loaded more than these is a decision: add it here, or import it where it is used.
"""

import json

import pytest
from processes import python
from processes import run as ran

PARTS = ("workbench.actions", "workbench.policy", "workbench.reports", "workbench.rules", "workbench.toml",
         "workbench.watch", "workbench.wording", "workbench.setup", "workbench.cli", "workbench.configuration", "storage")  # fmt: skip
OPENING = {  # the way to a store and a person
    "workbench.cli", "workbench.cli.app", "workbench.cli.command", "workbench.cli.helping", "workbench.cli.options",
    "workbench.wording.wrapping", "workbench.configuration", "workbench.configuration.settings",
    "workbench.configuration.sources",
    "workbench.cli.out", "workbench.cli.registry", "workbench.cli.session", "workbench.policy",
    "workbench.policy.form", "workbench.policy.kept", "workbench.policy.stored_calendars", "workbench.rules",
    "workbench.rules.identity", "workbench.rules.role_rights", "workbench.wording", "workbench.wording.cells",
    "storage", "storage.engine", "storage.events", "storage.faults", "storage.holders", "storage.house", "storage.ids",
    "storage.lookup", "storage.meaning", "storage.migrate", "storage.mounts", "storage.organisation",
    "storage.schema", "storage.setting", "storage.settings", "storage.statistics", "storage.store", "storage.timing",
}  # fmt: skip
LOOKING = {
    "workbench.cli.looking", "workbench.reports", "workbench.reports.case_json", "workbench.reports.case_parts",
    "workbench.rules.in_sight", "workbench.rules.place", "workbench.rules.restriction", "storage.filters",
    "storage.inbox", "storage.orders", "storage.queues", "storage.search",
}  # fmt: skip
LISTING = {
    "workbench.cli.listing", "workbench.cli.where", "workbench.reports.queue_now",
    "workbench.reports.unswept", "workbench.wording.names", "storage.ageing", "storage.as_of", "storage.changed_by_time", "storage.part",
}  # fmt: skip
EXTERNAL = {
    "rich",
    "textual",
    "tomllib",
    "hashlib",
    "sqlite_utils",
    "uuid_utils",
    "chinese_calendar",
}


def loaded(*words: str) -> set[str]:
    """Return the modules that a verb loads, of those parts that it may do without."""
    code = (
        "import sys, json; from workbench.__main__ import main\n"
        f"assert main({list(words)!r}) == 0\n"
        "print(json.dumps(sorted(sys.modules)), file=sys.stderr)"
    )
    found = set(json.loads(ran(python(code), check=True).stderr.splitlines()[-1]))
    return {name for name in found if name.startswith(PARTS) or name in EXTERNAL}


@pytest.mark.parametrize(
    ("words", "more"),
    [
        (["show", "N", "--json"], {"workbench.cli.one_case"}),
        (["list", "--limit", "20"], LISTING),
        (["list", "--limit", "20", "--json"], LISTING),
    ],
    ids=["show --json", "list", "list --json"],
)
def test_a_verb_that_only_looks_loads_what_it_needs(wb, recorded, words, more):
    found = loaded("--read-only", *(recorded if word == "N" else word for word in words))
    assert found - OPENING - LOOKING - more == set()
    assert "workbench.policy.kept" in found


def test_a_note_loads_its_own_act_and_no_other(wb, recorded):
    found = loaded("note", recorded, "--text", "x")
    acts = {name for name in found if name.startswith("workbench.actions.")}
    assert acts == {"workbench.actions.doing", "workbench.actions.note"}
    assert found.isdisjoint({"workbench.toml", "workbench.policy.reader", "workbench.policy.loading",
                             "workbench.cli.looking", "workbench.watch", "workbench.setup"} | EXTERNAL - {"hashlib"})  # fmt: skip
