"""Who writes on a case right now is seen by the other windows, and an idle window writes nothing anywhere."""

from contextlib import AsyncExitStack
from pathlib import Path

import pytest
from desks import Bench
from duty_support import held, office
from wire_support import Wire

from screens.app import WorkbenchApp
from screens.writers import _wall, by_case
from storage import writing_now
from storage.writing_now import Note, Writing, folder_of
from tests.screens.support import SMALL, USUAL, WIDE, opened, picture, press, queue_of, settled
from workbench import words
from workbench.domain.cases import Case


def writes(bench: Bench, case: Case, person: str = "bo") -> Note:
    """Let another window have a form open on ``case``."""
    note = Note(bench.path, person, _wall)
    work = note.due(case.case_id)
    assert work is not None
    work()
    return note


async def looked(app: WorkbenchApp, pilot) -> str:  # type: ignore[no-untyped-def]
    """Return the picture after a look at the others."""
    queue_of(app).writers.look()
    await settled(pilot)
    return picture(app)


@pytest.mark.parametrize("size", [SMALL, USUAL, WIDE])
@pytest.mark.parametrize("language", words.LANGUAGES)
async def test_another_writer_stands_in_the_line_and_on_the_card(
    size: tuple[int, int], language: str, bench: Bench, tmp_path: Path
) -> None:
    office(bench)
    case = held(bench, text="厨房漏水")
    other = held(bench, text="路灯")
    words.use(language)
    said = {"en": "bo is writing", "zh": "bo正在写"}[language]
    async with opened(bench.desk(), tmp_path, size) as (app, pilot):
        await press(pilot, "2")
        assert said not in await looked(app, pilot)
        note = writes(bench, case)
        shown = (await looked(app, pilot)).splitlines()
        assert len(shown) == size[1]
        (row,) = [line for line in shown if f"[{said}]" in line]
        assert case.number[-5:] in row
        assert "\n".join(shown).count(said) == 2, "and the card says so"
        note.release()
        assert said not in await looked(app, pilot)
        writes(bench, other)
        shown = (await looked(app, pilot)).splitlines()
        assert "\n".join(shown).count(said) == 1, "the card is that of another case"


async def test_the_page_of_a_case_says_it_too(bench: Bench, tmp_path: Path) -> None:
    case = held(office(bench), text="厨房漏水")
    async with opened(bench.desk(), tmp_path) as (app, pilot):
        await press(pilot, "2", "enter")
        writes(bench, case)
        assert "bo is writing" in (await looked(app, pilot)).splitlines()[3]


async def test_two_windows_see_each_other_and_what_is_put_aside_is_over(bench: Bench, tmp_path: Path) -> None:
    office(bench)
    case = held(bench, text="厨房漏水")
    async with AsyncExitStack() as windows:
        one, keys = await windows.enter_async_context(opened(bench.desk("mei"), tmp_path / "1"))
        two, others = await windows.enter_async_context(opened(bench.desk("jin"), tmp_path / "2"))
        await press(keys, "2", "e", "text:已派人")
        await looked(one, keys)
        await press(others, "0")
        assert "mei is writing" in await looked(two, others)
        assert "is writing" not in await looked(one, keys), "oneself is not told"
        assert queue_of(two).writers.on == {case.case_id: ("mei",)}
        await press(keys, "escape")
        queue_of(one).writers.note._last -= writing_now.RENEW_SECONDS
        await looked(one, keys)
        assert "is writing" not in await looked(two, others)
    assert not folder_of(bench.path).exists()


async def test_leaving_with_a_form_open_takes_the_file_away(bench: Bench, tmp_path: Path) -> None:
    held(office(bench), text="厨房漏水")
    async with opened(bench.desk("mei"), tmp_path) as (app, pilot):
        await press(pilot, "2", "n", "text:看")
        await looked(app, pilot)
        assert list(folder_of(bench.path).iterdir())
    assert not folder_of(bench.path).exists()


async def test_an_idle_window_writes_nothing_neither_beside_the_store_nor_to_the_terminal(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = held(office(bench), text="厨房漏水")
    async with opened(bench.desk("mei"), tmp_path) as (app, pilot):
        await press(pilot, "2")
        wire = app.shown = Wire(app)
        app.on_redraw()
        await settled(pilot)
        written: list[str] = []
        monkeypatch.setattr(wire.terminal, "take", written.append)
        for _look in range(5):
            await looked(app, pilot)
        assert not folder_of(bench.path).exists()
        assert "".join(written) == ""
        writes(bench, case)
        await looked(app, pilot)
        assert 0 < len("".join(written).encode()) < 400, "what has changed costs its own cells"
        written.clear()
        for _look in range(5):
            await looked(app, pilot)
        assert "".join(written) == ""
        assert len(list(folder_of(bench.path).iterdir())) == 1, "that of the other window"


async def test_for_reading_only_others_are_seen_and_nothing_is_written(bench: Bench, tmp_path: Path) -> None:
    case = held(office(bench), text="厨房漏水")
    bench.store.read_only = True
    async with opened(bench.desk("mei"), tmp_path) as (app, pilot):
        await press(pilot, "2", "n")
        writes(bench, case)
        assert "bo is writing" in await looked(app, pilot)
        assert len(list(folder_of(bench.path).iterdir())) == 1


@pytest.mark.parametrize("name", ["nobody", "bo\x1b]52;c;QQ==\x07", "[bold]bo", "", " bo"])
async def test_whom_the_staff_list_does_not_know_is_nobody(name: str, bench: Bench, tmp_path: Path) -> None:
    case = held(office(bench), text="厨房漏水")
    assert by_case(bench.desk(), [Writing(name, case.case_id)]) == {}
    assert by_case(bench.desk(), [Writing("bo", case.case_id)]) == {case.case_id: ("bo",)}


def test_without_a_staff_list_a_name_is_harmless_and_short(bench: Bench) -> None:
    case = bench.record()
    found = by_case(bench.desk(), [Writing("\x1b]52;c;QQ==\x07" + "长" * 500, case.case_id)])
    (name,) = found[case.case_id]
    assert "\x1b" not in name
    assert len(name) <= 20


async def test_a_look_reads_no_row_and_asks_the_store_nothing(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office(bench)
    cases = [held(bench, text=f"第{at}件") for at in range(30)]
    async with opened(bench.desk("mei"), tmp_path, USUAL) as (app, pilot):
        await press(pilot, "2")
        writes(bench, cases[0])
        asked: list[str] = []
        real = type(bench.store).reading
        monkeypatch.setattr(type(bench.store), "reading", lambda store: asked.append("read") or real(store))
        listed: list[Path] = []
        files = writing_now._files
        monkeypatch.setattr(writing_now, "_files", lambda folder: listed.append(folder) or files(folder))
        monkeypatch.setattr(
            queue_of(app).writers, "beat", lambda: None
        )  # no look but the one that is asked for
        queue_of(app).writers.look()
        await settled(pilot)
        assert len(listed) == 1, "the folder is read once a look"
        assert queue_of(app).writers.on
        assert asked == []
