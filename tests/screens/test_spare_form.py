"""The form for a new case is laid out before anybody asks for it, and nothing in it is another customer's."""

import re
from math import inf
from pathlib import Path

import pytest
from desks import Bench
from textual.widget import Widget

from screens import spare_form, standing
from screens.app import WorkbenchApp
from screens.record_pane import RecordPane
from storage.store import Store
from tests.screens.support import USUAL, opened, picture, press, queue_of, settled
from workbench.desk import Desk
from workbench.policy import loading
from workbench.setup import adopt, units

STYLES = Path(standing.__file__).parent / "styles" / "workbench.tcss"
LAST = {"phone": "13912345678", "text": "电梯又停了", "customer": "王芳", "unit": "3-502"}


@pytest.fixture(autouse=True)
def only_when_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let none be made but by ``spare``, however slow the machine is."""
    monkeypatch.setattr(spare_form, "IDLE_SECONDS", 1e9)


async def spare(app: WorkbenchApp, pilot: object) -> RecordPane | None:
    """Let nobody press a key for a while; return the form that lies ready."""
    screen = queue_of(app)
    await settled(pilot)
    screen.feed.last_key = -inf
    screen.spare.beat()
    await settled(pilot)
    return screen.spare.pane  # type: ignore[no-any-return]


def seen(app: WorkbenchApp) -> RecordPane:
    """Return the form that is shown."""
    pane = queue_of(app).panes.top
    assert isinstance(pane, RecordPane)
    return pane


async def test_the_key_shows_what_lies_ready_and_mounts_nothing(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mounted, real = [], Widget.mount

    def mount(widget: Widget, *given: object, **more: object) -> object:
        mounted.append(widget)
        return real(widget, *given, **more)  # type: ignore[arg-type]

    bench.record()
    async with opened(bench.desk(), tmp_path, USUAL) as (app, pilot):
        before = picture(app)
        ready = await spare(app, pilot)
        assert ready is not None
        assert all(row.control.is_mounted for row in ready.form.rows)
        assert picture(app) == before, "nobody sees it before it is asked for"
        assert app.focused is queue_of(app).table
        monkeypatch.setattr(Widget, "mount", mount)
        await press(pilot, "r")
        assert seen(app) is ready
        assert mounted == []
        assert ready.form.rows[0].control.has_focus
        shown = picture(app)
        await press(pilot, "escape")
        queue_of(app).spare.pane = None
        await press(pilot, "r")
        assert picture(app) == shown, "one that nobody has laid out before looks the same"
        assert mounted


async def test_nothing_of_the_last_customer_stands_in_the_next_form(bench: Bench, tmp_path: Path) -> None:
    async with opened(bench.desk(), tmp_path, USUAL) as (app, pilot):
        for leave in ("ctrl+o", "escape", "ctrl+o"):
            ready = await spare(app, pilot)
            await press(pilot, "r")
            form = seen(app).form
            assert seen(app) is ready
            assert form.draft == {}
            assert not LAST.keys() & form.typed.keys()
            assert not seen(app).earlier.rows
            for row in form.rows:
                row.control.put(LAST.get(row.field.name, ""))
            await press(pilot, leave)
            assert queue_of(app).panes.top is None
        assert await spare(app, pilot) is not None
        with bench.store.reading() as db:
            assert db.value("SELECT count(*) FROM cases") == 2, "saved by two forms: two cases, none doubled"


async def test_a_draft_that_was_put_aside_waits_beside_the_form_that_lay_ready(
    bench: Bench, tmp_path: Path
) -> None:
    async with opened(bench.desk(), tmp_path, USUAL) as (app, pilot):
        await spare(app, pilot)
        await press(pilot, "r", "text:13912345678", "escape")
        assert await spare(app, pilot) is not None
        await press(pilot, "r")
        assert seen(app).form.draft == {}
        assert "not saved" in str(seen(app).form.heading.content)


async def test_what_it_offers_is_as_of_the_key_that_shows_it(bench: Bench, tmp_path: Path) -> None:
    async with opened(bench.desk(), tmp_path, USUAL) as (app, pilot):
        assert await spare(app, pilot) is not None
        units.add_site(bench.desk(), "新开的花园", {})
        await press(pilot, "r")
        site = next(row for row in seen(app).form.rows if row.field.name == "site")
        assert await site.control.suggester.get_suggestion("新开") == "新开的花园"


async def test_a_case_that_came_meanwhile_is_offered_in_the_form_that_lay_ready(
    bench: Bench, tmp_path: Path
) -> None:
    async with opened(bench.desk(), tmp_path, USUAL) as (app, pilot):
        ready = await spare(app, pilot)
        case = bench.record("li")
        await press(pilot, "r")
        assert seen(app) is ready
        assert case.number in ready.known["case"]


async def test_another_policy_meanwhile_asks_by_another_form(bench: Bench, tmp_path: Path) -> None:
    other = tmp_path / "other.toml"
    text = loading.load("default")[1]
    name = re.search(r'zh = "([^"]+)"', text[text.index("[categories]") :])[1]  # type: ignore[index]
    other.write_text(text.replace(f'zh = "{name}"', 'zh = "别的类别"'), encoding="utf-8")
    async with opened(bench.desk(), tmp_path, USUAL) as (app, pilot):
        ready = await spare(app, pilot)
        adopt.adopt(bench.desk("lead"), str(other))
        await press(pilot, "r")
        assert seen(app) is not ready
        assert seen(app).form.policy.categories != ready.form.policy.categories  # type: ignore[union-attr]
        assert not ready.is_attached, "what nobody will see has gone"


async def test_none_is_made_while_somebody_works_or_reads_only(bench: Bench, tmp_path: Path) -> None:
    bench.record()
    async with opened(bench.desk(), tmp_path, USUAL) as (app, pilot):
        await press(pilot, "n")
        assert await spare(app, pilot) is None, "a form is open"
        await press(pilot, "escape", "j")
        queue_of(app).spare.beat()
        await settled(pilot)
        assert queue_of(app).spare.pane is None, "a key has just come"
        assert await spare(app, pilot) is not None
    reading = Store(bench.path, read_only=True)
    async with opened(Desk(reading, "mei", bench.clock), tmp_path, USUAL) as (app, pilot):
        assert await spare(app, pilot) is None
    reading.close()


def unstyled(text: str) -> list[str]:
    """Return the selectors that go by a class of the frame and style something that is no place of it."""
    found = []
    for rule in re.findall(r"([^{}]+)\{", re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)):
        for each in map(str.strip, rule.split(",")):
            goes_by = {f"-{name}" for name in re.findall(r"\.-([\w-]+)", each)}
            if goes_by & set(standing.CLASSES) and each.rpartition("#")[2] not in standing.PLACES:
                found.append(each)
    return found


def test_styles_that_go_by_what_stands_where_name_places_of_the_frame_alone() -> None:
    text = STYLES.read_text(encoding="utf-8")
    assert unstyled(text) == []
    assert unstyled(text + ".-asking .label { width: 3; }") == [".-asking .label"]
