"""Whatever is done to a case: the stored rows are what its timeline tells, and the rules hold."""

import tempfile
from pathlib import Path

from desks import Bench, Clock
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from storage import cases, events
from storage.cases import COLUMNS
from workbench.domain.errors import RefusedError, UsageError
from workbench.domain.history import fold
from workbench.watch.sweep import sweep

ACTS = [
    ("take", {}), ("acknowledge", {}), ("heard", {"text": "再来"}), ("assign", {"to": "bo"}), ("note", {"text": "记"}),
    ("reply", {"text": "答"}), ("propose", {"text": "案"}), ("promise", {"text": "诺", "due": "+3h"}), ("keep", {}),
    ("keep", {"broken": True}), ("pause", {"reason": "等", "for": "customer", "until": "+2h"}),
    ("pause", {"reason": "件", "for": "parts", "until": "+2h"}), ("resume", {}), ("regrade", {"level": "1", "reason": "x"}),
    ("regrade", {"level": "4", "reason": "x"}), ("close", {"outcome": "了"}), ("callback", {"reached": "no"}),
    ("callback", {"reached": "yes", "csi": "4"}), ("callback", {"reached": "yes", "still_a_problem": True}),
    ("reopen", {"reason": "又"}), ("undo", {}),
    ("verify", {"verdict": "founded", "fault": "ours", "text": "查"}), ("compensate", {"amount": "20000"}), ("pay", {}),
    ("verify", {"verdict": "unfounded", "fault": "customer", "text": "查"}), ("amend", {"people": "12"}),
    ("amend", {"kind": "inquiry"}), ("amend", {"kind": "repair"}), ("amend", {"category": "repair-service", "claim": "1"}),
    ("inspect", {"text": "看"}), ("prevent", {"text": "防", "owner": "bo"}),
    ("dispatch", {"to": "bo"}), ("accept", {}), ("refuse", {"reason": "忙"}), ("ask", {"of": "bo", "text": "帮"}),
    ("answer", {"text": "答"}), ("press", {"text": "催", "due": "+1h"}), ("tell", {"to": "bo, li", "text": "知"}),
    ("seen", {}), ("escalate", {"to": "company", "reason": "大"}), ("confirm", {}), ("handover", {"to": "bo"}),
    ("taskforce", {"head": "mei", "members": "bo,li"}), ("taskforce", {"dissolve": "yes", "reason": "平"}),
    ("visit", {"at": "+2h", "engineer": "bo"}), ("visited", {"missed": "yes"}), ("tier", {"tier": "1", "to": "bo"}),
    ("engineer", {"to": "li", "reason": "换"}),
]  # fmt: skip


class AnyHistory(RuleBasedStateMachine):
    @initialize(people=st.sampled_from(["", "2", "12"]), kind=st.sampled_from(["complaint", "inquiry"]))
    def recorded(self, people, kind):
        self.folder = tempfile.TemporaryDirectory()
        self.clock = Clock()
        self.bench = Bench(Path(self.folder.name) / "store.db", self.clock)
        self.case = self.bench.record(people=people, kind=kind)
        self.events = 1

    @rule(act=st.sampled_from(ACTS), person=st.sampled_from(["mei", "bo"]), minutes=st.integers(-60, 600))
    def acted(self, act, person, minutes):
        self.clock.pass_(minutes=minutes)
        name, given = act
        try:
            self.bench.act(self.case, name, person, **given)
        except (RefusedError, UsageError):
            assert len(self.bench.desk().timeline(self.case.case_id)) == self.events
        self.events = len(self.bench.desk().timeline(self.case.case_id))

    @rule(days=st.integers(0, 20))
    def swept(self, days):
        self.clock.pass_(days=days)
        sweep(self.bench.desk())
        assert sweep(self.bench.desk()) == {}
        self.events = len(self.bench.desk().timeline(self.case.case_id))

    @invariant()
    def the_row_is_what_the_timeline_tells(self):
        store, case_id = self.bench.store, self.case.case_id
        with store.reading() as db:
            told = events.of_case(db, store.site_id, case_id)
            head = db.value("SELECT hash FROM event WHERE case_id = ? ORDER BY seq DESC LIMIT 1", (case_id,))
            stored = db.one(f"SELECT {', '.join(COLUMNS)} FROM cases WHERE case_id = ?", (case_id,))
        rules = self.bench.desk().rules(1)
        assert dict(zip(COLUMNS, stored, strict=True)) == cases.row(
            fold(store.site_id, case_id, told, rules), rules, head
        )

    @invariant()
    def the_rules_hold(self):
        case = self.bench.now(self.case)
        times = [event.at for event in self.bench.desk().timeline(case.case_id)]
        assert times == sorted(times)
        assert (case.done_at is not None) == (case.status == "done")
        assert (case.closed_at is not None) == (case.status in ("closed", "done"))
        assert case.status != "waiting" or case.pause
        for clock in case.clocks:
            assert (clock.stopped_at is None) == (clock.verdict is None)
            assert clock.stopped_at is None or (clock.stopped_at <= clock.due_at) == (clock.verdict == "met")

    def teardown(self):
        if hasattr(self, "bench"):
            self.bench.store.close()
            self.folder.cleanup()


TestAnyHistory = AnyHistory.TestCase
TestAnyHistory.settings = settings(max_examples=40, stateful_step_count=30, deadline=None)
