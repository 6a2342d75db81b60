"""What an erasure leaves of a timeline folds into the same case, but for the words."""

from msgspec.structs import replace

from storage import cases, events
from workbench.domain import erasing
from workbench.domain.history import fold

pytest_plugins = ["full_store"]

WORDS = {"text", "customer", "phone", "phone_key", "unit", "remedy_sought", "outcome"}
NOT_NAMED = {"for", "stopped"}  # without these the fold would differ: the control


def differing(bench):
    """Return the columns in which any case differs after an erasure, words aside, and the acts that were met."""
    desk, store, found, met = bench.desk(), bench.store, set(), set()
    with store.reading() as db:
        for (key,) in db.all("SELECT case_id FROM cases"):
            timeline = events.of_case(db, store.site_id, key)
            met |= {event.act for event in timeline}
            rules = desk.rules_in(db, events.policy_of(timeline))
            left = [replace(event, data=erasing.remainder(event.data)) for event in timeline]
            before, after = (
                cases.row(fold(store.site_id, key, each, rules), rules, b"") for each in (timeline, left)
            )
            found |= {name for name in before if name not in WORDS and before[name] != after[name]}
    return found, met


def test_every_column_but_the_words_is_the_same(full):
    found, met = differing(full)
    assert found == set()
    assert len(met) > 15


def test_a_name_too_few_is_seen(full, monkeypatch):
    full.act(full.cases[2], "pause", reason="等客户回电", **{"for": "customer"}, until="+1d")
    assert differing(full)[0] == set()
    monkeypatch.setattr(erasing, "KEPT", erasing.KEPT - NOT_NAMED)
    assert differing(full)[0] >= {"status"}


def test_no_word_is_left_under_a_name_that_nobody_decided_on():
    data = {"text": "王芳", "asked": {"text": "x", "amount": "12.00"}, "new_name": "王芳", "n": 3, "ok": True,
            "at": "2026-11-21T04:00:00.000000Z", "severity_reasons": [["people", 2, "3"], ["manual", 1, "王芳"]]}  # fmt: skip
    assert erasing.remainder(data) == {
        "text": erasing.ERASED, "asked": {"text": erasing.ERASED, "amount": "12.00"},
        "new_name": erasing.ERASED, "n": 3, "ok": True, "at": "2026-11-21T04:00:00.000000Z",
        "severity_reasons": [["people", 2, "3"], ["manual", 1, erasing.ERASED]],
    }  # fmt: skip
