"""Pages behind the menu and the palette: customer, receipt, my day, warnings, what can be undone."""

import base64
from pathlib import Path

import pytest
from desks import Bench, Clock
from duty_support import held, office

from screens.case_pane import CasePane
from screens.customer_pane import CustomerPane
from screens.day_pane import DayPane
from screens.evidence_pane import EvidencePane
from screens.receipt_pane import ReceiptPane
from screens.undo_pane import UndoPane
from screens.warnings_pane import WarningsPane
from tests.screens.support import SMALL, USUAL, WIDE, last_event, opened, picture, press, queue_of
from tests.screens.test_desk_pane import passed_around
from workbench import words
from workbench.domain.cases import Case
from workbench.reports import receipt, undoable

PHONE = "13800138001"
PAGES = {
    "customer": ("F", CustomerPane),
    "receipt": ("q", ReceiptPane),
    "evidence": ("K", EvidencePane),
    "day": ("Y", DayPane),
    "undoable": ("O", UndoPane),
    "warnings": ("X", WarningsPane),
}


def customer(bench: Bench) -> tuple[Case, Case]:
    """Return two cases of one customer in two homes; somebody else has a third."""
    office(bench)
    first = held(bench, customer="王女士", phone=PHONE, unit="3-1201", text="厨房漏水", mood="2")
    bench.act(first, "profile", style="driving", consent="no")
    second = held(
        bench, "bo", customer="王女士", phone=PHONE, unit="5-0301", text="门禁坏了", category="other"
    )
    held(bench, "bo", customer="李先生", phone="13900139002", unit="1-0101", text="路灯")
    return first, second


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("way", ["letter", "palette", "number"])
async def test_each_is_reached_by_letter_by_palette_and_by_number(
    name: str, way: str, bench: Bench, tmp_path: Path
) -> None:
    customer(bench)
    letter, kind = PAGES[name]
    async with opened(bench.desk("jin"), tmp_path) as (app, pilot):
        await press(pilot, "0")
        if way == "letter":
            await press(pilot, "comma", letter)
        elif way == "palette":
            await press(pilot, "ctrl+p", f"text:{name}", "enter")
        else:
            await press(pilot, "ctrl+k")
            menu = queue_of(app).panel.question
            at = [line.id for line in menu.lines].index(name)
            await press(pilot, f"text:{at + 1}", "enter")
        assert isinstance(queue_of(app).panes.top, kind)
        await press(pilot, "escape")
        assert queue_of(app).panes.top is None


@pytest.mark.parametrize("size", [SMALL, USUAL, WIDE])
@pytest.mark.parametrize("language", words.LANGUAGES)
@pytest.mark.parametrize("name", PAGES)
async def test_each_fits_its_screen(
    name: str, language: str, size: tuple[int, int], bench: Bench, tmp_path: Path
) -> None:
    customer(bench)
    words.use(language)
    async with opened(bench.desk("jin"), tmp_path, size) as (app, pilot):
        await press(pilot, "0", "comma", PAGES[name][0])
        shown = picture(app).splitlines()
        assert len(shown) == size[1]
        assert PHONE not in picture(app)


async def test_the_customer_has_every_case_across_phones_and_homes(bench: Bench, tmp_path: Path) -> None:
    first, second = customer(bench)
    async with opened(bench.desk("mei"), tmp_path) as (app, pilot):
        await press(pilot, "2", "comma", "F")
        shown = picture(app)
        for case in (first, second):
            assert case.number in shown
        assert "路灯" not in shown
        assert "cases: 2; open: 2" in shown
        assert "driving" in shown.lower()
        assert "wants no calls" in shown
        pane = queue_of(app).panes.top
        assert isinstance(pane, CustomerPane)
        assert pane.case_id == first.case_id, "the cursor stands on the case from which it was opened"
        await press(pilot, "home")
        at = pane.case_id
        await press(pilot, "enter")
        top = queue_of(app).panes.top
        assert isinstance(top, CasePane)
        assert top.case_id == at
        await press(pilot, "escape")
        assert isinstance(queue_of(app).panes.top, CustomerPane)


async def test_from_a_case_that_is_read_the_page_leads_back_to_that_case(
    bench: Bench, tmp_path: Path
) -> None:
    first, _second = customer(bench)
    async with opened(bench.desk("mei"), tmp_path) as (app, pilot):
        await press(pilot, "2", "enter", "comma", "F")
        assert isinstance(queue_of(app).panes.top, CustomerPane)
        await press(pilot, "escape")
        top = queue_of(app).panes.top
        assert isinstance(top, CasePane)
        assert top.case_id == first.case_id


@pytest.mark.parametrize("key", ["the first of its keys", "ctrl+n", "enter"])
async def test_one_key_gives_the_receipt_to_the_clipboard_and_nothing_else(
    key: str, bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, _second = customer(bench)
    bench.act(first, "reply", text=f"已派人，电话 {PHONE}")
    async with opened(bench.desk("mei"), tmp_path) as (app, pilot):
        await press(pilot, "2", "comma", "q")
        written: list[str] = []
        monkeypatch.setattr(app._driver, "write", written.append)
        first_key = queue_of(app).keys.keymap.keys("queue", "copy_number")[0]
        await press(pilot, first_key if " " in key else key)
        desk = bench.desk("mei")
        case = desk.case(first.case_id)
        rules = desk.rules(case.policy)
        wanted = "\n".join(receipt.lines(receipt.receipt(case, rules), desk.now(), rules))
        sent = [each for each in written if each.startswith("\x1b]52;")]
        assert sent == [f"\x1b]52;c;{base64.b64encode(wanted.encode()).decode()}\a"]
        assert first.number in wanted
        assert PHONE[-4:] not in wanted
        assert "已派人" not in wanted
        assert "clipboard" in picture(app).splitlines()[-1]


async def test_my_day_shows_the_figures_and_what_is_owed_and_reads_its_case(
    bench: Bench, tmp_path: Path
) -> None:
    first, _second = customer(bench)
    bench.act(first, "promise", text="明天上门", due="+20h")
    async with opened(bench.desk("mei"), tmp_path) as (app, pilot):
        await press(pilot, "comma", "Y")
        shown = picture(app)
        assert "recorded 1" in shown
        assert "明天上门" in shown
        pane = queue_of(app).panes.top
        assert isinstance(pane, DayPane)
        await press(pilot, "n")
        assert "a figure, not a case" in picture(app).splitlines()[-1]
        while pane.case_id is None:
            await press(pilot, "down")
        await press(pilot, "enter")
        top = queue_of(app).panes.top
        assert isinstance(top, CasePane)
        assert top.case_id == first.case_id


async def test_a_warning_is_decided_on_its_page_and_leaves_it(bench: Bench, tmp_path: Path) -> None:
    case = passed_around(bench, "jin")
    async with opened(bench.desk("jin"), tmp_path) as (app, pilot):
        await press(pilot, "comma", "X")
        pane = queue_of(app).panes.top
        assert isinstance(pane, WarningsPane)
        assert {row.case_id for row in pane.rows} == {case.case_id}
        before = len(pane.rows)
        await press(pilot, "x", "tab", "text:已协调", "ctrl+o")
        assert len(pane.rows) == before - 1
        assert isinstance(queue_of(app).panes.top, WarningsPane)
    assert last_event(bench.desk(), case).act == "warning"


async def test_warnings_are_only_for_those_who_decide_on_them(bench: Bench, tmp_path: Path) -> None:
    passed_around(bench, "jin")
    async with opened(bench.desk("mei"), tmp_path) as (app, pilot):
        await press(pilot, "comma", "X")
        assert "it is for" in picture(app).splitlines()[-1]
        await press(pilot, "escape", ":", "text:warnings", "enter")
        assert "it is for" in picture(app).splitlines()[-1]
        assert queue_of(app).panes.top is None


@pytest.mark.parametrize("key", ["enter", "u", "ctrl+underscore"])
async def test_what_can_be_undone_is_shown_and_taken_back_only_when_it_is_saved(
    key: str, bench: Bench, tmp_path: Path, clock: Clock
) -> None:
    first, second = customer(bench)
    bench.act(first, "close", outcome="已修好")
    clock.pass_(minutes=5)
    bench.act(second, "note", "bo", text="看过")
    other = held(bench, text="大堂灯")
    clock.pass_(minutes=5)
    async with opened(bench.desk("mei"), tmp_path) as (app, pilot):
        await press(pilot, "comma", "O")
        pane = queue_of(app).panes.top
        assert isinstance(pane, UndoPane)
        assert [each.case.case_id for each in pane.rows] == [other.case_id, first.case_id]
        await press(pilot, "down", key)
        shown = picture(app)
        assert "Status: Closed to Open" in shown
        assert last_event(bench.desk(), first).act == "close", "nothing is taken back yet"
        await press(pilot, "escape")
        assert last_event(bench.desk(), first).act == "close"
        await press(pilot, key, "ctrl+o")
        assert last_event(bench.desk(), first).act == "undo"
        assert last_event(bench.desk(), other).act == "take", "what was done last stays"
        # what is left on that case is offered next
        assert [each.event.act for each in pane.rows] == ["take", "profile"]
    assert [each.event.act for each in undoable.of_person(bench.desk("bo"))] == ["note", "take"]


async def test_the_pages_of_the_input_method_go_by_number_alone(bench: Bench, tmp_path: Path) -> None:
    from keymaps import known, load
    from screens.app import WorkbenchApp
    from screens.drafts import Drafts
    from screens.keys import Keys
    from tests.screens.support import settled
    from workbench.domain import acts

    first, _second = customer(bench)
    desk = bench.desk("mei")
    keys = Keys(load("ime-safe", known(acts.PERSONS)))
    app = WorkbenchApp(desk, keys, Drafts(desk.store.path, desk.person, tmp_path))
    async with app.run_test(size=WIDE) as pilot:
        await settled(pilot)
        for name, (_letter, kind) in PAGES.items():
            if name == "warnings":
                continue
            await press(pilot, "2", "ctrl+k")
            at = [line.id for line in queue_of(app).panel.question.lines].index(name)
            await press(pilot, f"text:{at + 1}", "enter")
            assert isinstance(queue_of(app).panes.top, kind)
            await press(pilot, "escape")
    assert last_event(desk, first).act == "profile"


@pytest.mark.parametrize("with_opener", [False, True])
async def test_enter_opens_a_file_of_evidence_or_names_it_and_the_digest_is_whole(
    with_opener: bool, bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from hashlib import sha256

    from screens import evidence_pane
    from storage.evidence import path_of

    first, _second = customer(bench)
    (tmp_path / "现场.jpg").write_bytes(b"water")
    bench.act(first, "attach", file=str(tmp_path / "现场.jpg"), kind="photo")
    digest = sha256(b"water").hexdigest()
    handed: list[Path] = []
    monkeypatch.setattr(evidence_pane, "opened", lambda path: handed.append(path) or with_opener)
    async with opened(bench.desk("mei"), tmp_path) as (app, pilot):
        await press(pilot, "2", "comma", "K")
        shown = picture(app)
        assert "现场.jpg" in shown
        assert digest in shown.replace("\n", "").replace(" ", "")
        written: list[str] = []
        monkeypatch.setattr(app._driver, "write", written.append)
        await press(pilot, "enter")
        path = path_of(bench.store.path, digest).absolute()
        assert handed == [path]
        sent = [each for each in written if each.startswith("\x1b]52;")]
        wanted = f"\x1b]52;c;{base64.b64encode(str(path).encode()).decode()}\a"
        assert sent == ([] if with_opener else [wanted])
