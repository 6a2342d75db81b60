"""What is personal is masked on the screen as it is in lists and files; a number of the house is not."""

from dataclasses import replace

import pytest

from screens.case_reader import read
from screens.present import case_text
from screens.queue.columns import Cells, Placed
from storage import queues
from workbench.wording.names import Names

FACTS = ("text", "customer", "site", "unit", "remedy_sought")
NUMBERS = {name: f"138001380{place:02}" for place, name in enumerate((*FACTS, "phone"))}
CLAIM = "13900139000.55"


@pytest.fixture
def case(bench):
    typed = {name: f"请打{NUMBERS[name]}" for name in FACTS}
    return bench.record(**typed, phone=NUMBERS["phone"], claim=CLAIM)


def unmasked(said):
    return [name for name, number in NUMBERS.items() if number in said]


def test_the_whole_case_shows_no_number_of_a_person_and_the_sum_in_full(bench, case):
    dossier = read(bench.desk(), case.case_id)
    assert unmasked(case_text.whole(dossier, 200).plain) == []
    assert CLAIM in case_text.whole(dossier, 200).plain
    revealed = replace(dossier, phone=case.phone)  # the control: the search finds a number that is shown
    assert unmasked(case_text.whole(revealed, 200).plain) == ["phone"]


def test_a_row_of_the_queue_shows_no_number_of_a_person(bench, case):
    desk = bench.desk()
    with desk.store.reading() as db:
        row = queues.rows(db, [case.case_id])[case.case_id]
    cells = Cells(Names(desk.rules().policy))
    said = " ".join(cells.cell(Placed(name, "", 0, 80), row, bench.clock()) for name in cells.writers)
    assert unmasked(said) == []
    assert said.count("138****80") == 4  # its words, customer, site and unit
