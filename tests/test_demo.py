"""The demonstration: its fiction is whole, in both languages and at any size."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from storage import campaigns, queues
from storage.check import check
from storage.store import Store
from workbench import words
from workbench.actions import doing
from workbench.demo import demo
from workbench.desk import Desk
from workbench.domain.cases import Case
from workbench.domain.errors import RefusedError
from workbench.reports import desk as decisions
from workbench.reports import early_warnings

EVENING = datetime(2026, 11, 21, 12, 30, tzinfo=UTC)
Build = Callable[..., Desk]


@pytest.fixture
def built(tmp_path: Path) -> Iterator[Build]:
    """Return a maker of demonstrations; what it returns is the desk that opens."""
    desks: list[Desk] = []

    def make(
        cases: int = demo.CASES,
        language: str = "en",
        person: str = "root",
        at: datetime = EVENING,
        supervisor: bool = True,
    ) -> Desk:
        words.use(language)
        path = tmp_path / f"{len(desks)}" / "demo.db"
        name = demo.build(path, at, person, cases, supervisor=supervisor)
        desks.append(Desk(Store(path), name, lambda: at))
        return desks[-1]

    yield make
    for desk in desks:
        desk.store.close()


def cases_of(desk: Desk) -> list[Case]:
    with desk.store.reading() as db:
        return [desk.case_in(db, key) for (key,) in db.all("SELECT case_id FROM cases ORDER BY case_id")]


@pytest.mark.parametrize("language", words.LANGUAGES)
@pytest.mark.parametrize("cases", [1, 2, 3, 15, 28, 29, 30, demo.CASES, 250])
def test_it_holds_as_many_cases_as_were_asked_for_and_passes_the_check(built, cases, language):
    desk = built(cases, language)
    report = check(desk.store, desk.rules_in)
    assert (report.cases, report.problems) == (cases, [])


@pytest.mark.parametrize(
    "at", [datetime(2026, 12, 31, 16, 0, tzinfo=UTC), datetime(2027, 3, 1, 3, 59, 59, tzinfo=UTC)], ids=str
)
def test_it_opens_at_any_hour_of_any_day(built, at):
    desk = built(at=at)
    assert check(desk.store, desk.rules_in).problems == []
    assert {row.section for row in decisions.rows(desk)} == set(decisions.SECTIONS)


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_every_section_of_the_supervisors_screen_has_something(built, language):
    rows = decisions.rows(built(language=language))
    assert {row.section for row in rows} == set(decisions.SECTIONS)
    of_others = {row.kind for row in rows if row.section not in (decisions.MINE, decisions.DECIDE)}
    assert of_others >= {"press", "dispatch", decisions.RETURNED, "confirmation", "handover"}
    assert {row.kind for row in rows if row.section == decisions.MINE} >= {"dispatch", "handover", "press"}
    assert {row.asked for row in rows if row.section == decisions.DECIDE} == {"1500.00", ""}


def test_each_kind_of_early_warning_is_there_and_a_wave_is_planned(built):
    desk = built()
    with desk.store.reading() as db:
        site_id = desk.store.site_id
        asked_for = set(early_warnings.KINDS) - {"handoffs"}  # by default they count in passed-around
        assert desk.rules().policy.regime.warnings.handoffs is None
        assert {each.kind for each in early_warnings.waiting(db, site_id)} == asked_for
        assert len(early_warnings.planned(db, site_id)) == 1


def owed(kind: str, state: str = "open") -> Callable[[Case], object]:
    return lambda case: [duty for duty in case.duties if (duty.kind, duty.state) == (kind, state)]


SHOWN: dict[str, Callable[[Case], object]] = {
    "a dispatch that waits": owed("dispatch"),
    "a dispatch that was refused": owed("dispatch", "refused"),
    "a dispatch that came back": owed("dispatch", "returned"),
    "a request to a department": owed("request"),
    "help that was given": owed("request", "answered"),
    "a press": owed("press"),
    "money that waits for a decision": lambda case: [
        duty for duty in case.owed("approval") if duty.data["act"] == "compensate"
    ],
    "a closing that waits for a decision": lambda case: [
        duty for duty in case.owed("approval") if duty.data["act"] == "close"
    ],
    "money that was refused": owed("approval", "refused"),
    "a task force whose member has not confirmed": lambda case: case.force and case.owed("confirmation"),
    "a handover nobody has confirmed": owed("handover"),
    "a promise that was broken": owed("promise", "broken"),
    "an appointment": owed("visit"),
    "an appointment that was missed": owed("visit", "missed"),
    "an account that is awaited": owed("account"),
    "a prevention after the end": lambda case: case.status == "done" and case.owed("prevention"),
    "a prevention carried out": owed("prevention", "answered"),
    "a verdict after an account": lambda case: case.verdict == "partly" and case.check.accounts,
    "a sum that is promised": lambda case: [sum_ for sum_ in case.money if sum_.state == "promised"],
    "a sum that is paid": lambda case: [sum_ for sum_ in case.money if sum_.state == "paid"],
    "several complainants": lambda case: len(case.complainants) == 2,
    "a merged case": lambda case: case.merged_into,
    "an incident": lambda case: case.incident == "5-",
    "a part of an incident": lambda case: [link for link in case.links if link.kind == "incident"],
    "a related case": lambda case: [link for link in case.links if link.kind == "related"],
    "a customer with two phones": lambda case: case.person,
    "how a customer wants to be served": lambda case: case.profile.temperament,
    "a change of engineer": lambda case: case.repair.changes,
    "hands that changed": lambda case: case.handoffs >= 3,
    "a return, twice": lambda case: case.returns == 2,
    "a case held by somebody who is away": lambda case: case.handler == "Zhou Hang",
}


@pytest.fixture(scope="module")
def english(tmp_path_factory: pytest.TempPathFactory) -> list[Case]:
    """The cases of one demonstration in English."""
    words.use("en")
    path = tmp_path_factory.mktemp("demo") / "demo.db"
    person = demo.build(path, EVENING)
    store = Store(path)
    found = cases_of(Desk(store, person, lambda: EVENING))
    store.close()
    return found


@pytest.mark.parametrize("what", SHOWN)
def test_it_shows(english, what):
    assert any(SHOWN[what](case) for case in english)


def test_a_campaign_has_been_begun_and_one_unhappy_answer_became_a_case(built):
    desk = built()
    with desk.store.reading() as db:
        (campaign,) = campaigns.every(db, desk.store.site_id)
        found = [campaigns.contact(db, desk.store.site_id, campaign.no, no) for no in range(1, 7)]
    assert [each.state for each in found] == ["reached", "again", "reached", "new", "new", "new"]
    assert [each.no for each in found if each.case] == [3]
    assert [each.no for each in found if not each.consent] == [5]


@pytest.mark.parametrize(("supervisor", "role"), [(False, "handler"), (True, "supervisor")])
def test_whoever_opens_it_sits_there_as_a_clerk_or_as_the_supervisor(built, supervisor, role):
    desk = built(person="anybody at all", supervisor=supervisor)
    assert desk.rules().organisation.members[desk.person].role == role


@pytest.mark.parametrize("language", words.LANGUAGES)
@pytest.mark.parametrize("queue", ["next-due", "mine", "unassigned", "callbacks"])
def test_a_clerk_finds_something_to_do_in_each_of_their_queues(built, language, queue):
    desk = built(language=language, supervisor=False)
    view = queues.View(queue=queue, person=desk.person, now=EVENING)
    with desk.store.reading() as db:
        assert queues.counts(db, desk.store.site_id, view)[queue] > 0


def test_who_opens_it_changes_nothing_in_it(built):
    clerks, supervisors = (built(supervisor=each) for each in (False, True))
    assert clerks.person != supervisors.person
    assert [case.number for case in cases_of(clerks)] == [case.number for case in cases_of(supervisors)]
    assert [case.handler for case in cases_of(clerks)] == [case.handler for case in cases_of(supervisors)]


def test_one_of_the_fictional_staff_sits_there_as_such(built):
    assert built(person="Luo Cheng").person == "Luo Cheng"


def test_the_roles_bind(built):
    desk = built()
    case = next(case for case in cases_of(desk) if case.unsolved)
    with pytest.raises(RefusedError, match="Head office"):
        doing.do(desk, "press", case.case_id, {"text": "today"})


def test_the_supervisor_can_decide_what_waits(built):
    desk = built()
    waiting = next(row for row in decisions.rows(desk) if row.asked)
    case = doing.do(desk, "approve", waiting.case_id, {"amount": "900"})
    assert [str(sum_.amount) for sum_ in case.money] == ["900.00"]


def test_nothing_but_the_store_is_left_behind(built, tmp_path):
    built().store.close()
    assert {file.name.partition("-")[0] for file in (tmp_path / "0").iterdir()} == {"demo.db"}


def test_a_second_building_at_the_same_place_is_refused(built, tmp_path):
    built()
    with pytest.raises(RefusedError):
        demo.build(tmp_path / "0" / "demo.db", EVENING)


def test_the_words_are_all_of_one_language(built):
    desk = built(language="en")
    for case in cases_of(desk):
        said = [case.text, case.customer, case.site, case.handler or "", *(duty.text for duty in case.duties)]
        assert all(ord(sign) < 0x3000 for text in said for sign in text), said
