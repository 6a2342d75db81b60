"""An import asks for the right to every act that its mapping brings, and decides nothing past a task force."""

from pathlib import Path

import pytest
from desks import Bench
from exchange.conftest import SMALL, Importer, small_row
from exchange.letter_support import eml, letter
from organisation_support import PEOPLE, furnished

from storage import organisation, settings
from workbench.domain.errors import RefusedError
from workbench.domain.organisation import Member
from workbench.exchange import importing, mail_import, mailbox
from workbench.policy import loading

CLERK = 'clerk = { zh = "登记员", en = "Clerk", may = ["record", "note"] }\nquality     ='
PLAIN = SMALL[: SMALL.index("[closing]")]
CLOSED = small_row(1, "2026-11-03 10:00:00", "修好了")
ADDED = CLOSED.replace(",2026-11-03 10:00:00,修好了,,", ",,,2026-11-03 10:00:00,已回电")


@pytest.fixture
def importer(tmp_path: Path, clock) -> Importer:
    """A staffed store where a clerk may record and note, and nothing else."""
    text = loading.load("default")[1].replace("quality     =", CLERK, 1)
    bench = furnished(Bench(tmp_path / "store.db", clock, text))
    bench.store.write(lambda db: _listed(db, bench, "pin", "clerk"))
    return Importer(bench, tmp_path)


def _listed(db, bench, name, role):
    organisation.set_member(db, bench.store.site_id, Member(name, role))
    settings.rules_changed(db, bench.store.site_id)


def under_a_force(importer):
    """Import an open case as mei and set up a task force on it; its head is jin."""
    assert importer.small(small_row(1)).added == 1
    case = importer.bench.now(importer.bench.desk().case(importer.all("SELECT case_id FROM cases")[0][0]))
    return importer.bench.act(case, "taskforce", "zong", head="jin", members="bo")


def test_a_role_that_records_no_cases_imports_none(importer):
    importer.bench.store.write(lambda db: _listed(db, importer.bench, "li", "quality"))
    with pytest.raises(RefusedError, match="li may not do this"):
        importer.small(small_row(1), person="li")


def test_who_may_record_but_not_close_imports_no_closings_and_what_else_is_allowed(importer):
    with pytest.raises(RefusedError, match="pin may not do this"):
        importer.small(CLOSED, person="pin")
    assert importer.small(small_row(1), person="pin", mapping=PLAIN).added == 1


@pytest.mark.parametrize("person", ["mei", "zong", "jin"])
def test_under_a_task_force_a_closing_of_a_file_is_a_word_at_which_somebody_looks(importer, person):
    case = under_a_force(importer)
    counts = importer.small(CLOSED, small_row(2), person=person)
    assert (counts.rejected, counts.added, counts.updated) == (0, 1, 1)
    after = importer.bench.now(case)
    assert (after.status, after.outcome, [duty.kind for duty in after.owed("look")]) == (
        "open",
        None,
        ["look"],
    )


def test_a_reply_that_was_given_elsewhere_is_a_fact_and_is_kept(importer):
    case = under_a_force(importer)
    assert importer.small(ADDED, person="mei").updated == 1
    assert importer.bench.desk().timeline(case.case_id)[-1].act == "reply"


def test_everybody_on_the_list_of_these_tests_may_import_what_is_open(importer):
    allowed = [name for name, role, _unit, _step in PEOPLE if role != "reader"]
    for at, name in enumerate(allowed):
        assert importer.small(small_row(100 + at), person=name).added == 1


HISTORY = """
source = "log"
rows = "history"
[times]
formats = "iso"
[history]
id = "case"
time = "at"
state = "state"
"""


def log(importer, *more):
    path = importer.write(
        "log.csv", "case,at,state", "a,2026-11-01 08:00,Opened", "a,2026-11-02 08:00,Closed"
    )
    return importer.job(path, HISTORY + "".join(more), person="pin")


def test_a_history_asks_for_the_right_to_what_its_states_are(importer):
    assert importing.run(log(importer)).added == 2
    for more in ('closed = ["Closed"]', '[history.acts]\nOpened = "reply"'):
        with pytest.raises(RefusedError, match="pin may not do this"):
            importing.run(log(importer, more))


def test_mail_asks_for_the_right_to_write_down_what_customers_say(importer, tmp_path):
    job = mail_import.Job(importer.bench.desk("pin"), mailbox.messages(eml(tmp_path, letter())))
    with pytest.raises(RefusedError, match="pin may not do this"):
        mail_import.run(job)
