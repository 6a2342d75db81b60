"""A house under a shipped policy: a group, a company, two estates, a department, ten people."""

import shutil
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from regimes.walk import House, Open, full, run

if TYPE_CHECKING:
    from regimes.by_keys import Enter

OPENING = "11-20 9:00"
UNITS = (
    ("集团", "group", None), ("华南", "company", "集团"), ("金色家园", "project", "华南"),
    ("湖畔", "project", "华南"), ("工程部", "department", "华南"),
)  # fmt: skip
# who, role, unit, what else: the post, the step of three (1 plans, 2 answers at once, 3 carries out)
PEOPLE = (
    ("he", "head-office", "集团", ("--post", "集团客服")),
    ("qin", "quality", "集团", ("--post", "品控")),
    ("ma", "manager", "华南", ("--step", "1")),
    ("gong", "supervisor", "工程部", ()),
    ("su", "supervisor", "金色家园", ("--step", "2")),
    ("shen", "supervisor", "湖畔", ()),
    ("mei", "handler", "金色家园", ("--post", "前台")),
    ("lin", "handler", "金色家园", ("--step", "3")),
    ("wu", "handler", "金色家园", ()),
    ("rui", "reader", "集团", ()),
)


@pytest.fixture(autouse=True)
def surroundings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """English, and nothing from the environment."""
    for name in ("WORKBENCH_DB", "WORKBENCH_STAFF", "WORKBENCH_NOW"):
        monkeypatch.delenv(name, raising=False)
    for name in ("XDG_DATA_HOME", "XDG_STATE_HOME", "HOME"):
        monkeypatch.setenv(name, str(tmp_path / name.lower()))
    monkeypatch.setenv("WORKBENCH_LANG", "en")


def furnished(path: Path, policy: str) -> House:
    """Return a house with its units and people, made by verbs."""
    house = House(path, policy)
    assert run("--db", str(path), "--now", full(OPENING), "--as", "he", "init", "--policy", policy).code == 0
    for name, tier, under in UNITS:
        house.do(OPENING, "he", "units", "add", name, "--tier", tier, *(("--under", under) if under else ()))
    for name, role, unit, more in PEOPLE:
        house.do(OPENING, "he", "staff", "add", name, "--role", role, "--unit", unit, *more)
    return house


@pytest.fixture(scope="session")
def furnished_stores(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Stores that were furnished already, by policy; each walk gets a copy."""
    return {"": tmp_path_factory.mktemp("furnished")}


@pytest.fixture
def open_house(tmp_path: Path, furnished_stores: dict[str, Path], surroundings: None) -> Open:
    """Return what opens a furnished house under a shipped policy."""

    def opened(policy: str) -> House:
        if policy not in furnished_stores:
            furnished_stores[policy] = furnished(furnished_stores[""] / f"{policy}.db", policy).path
        path = tmp_path / "house.db"
        shutil.copy(furnished_stores[policy], path)
        return House(path, policy)

    return opened


@pytest.fixture
def enter(open_house: Open, monkeypatch: pytest.MonkeyPatch) -> Iterator["Enter"]:
    """Return what opens a furnished house to be walked by keys; its stores are closed at the end."""
    from regimes.by_keys import Room, added_to  # walks by verbs need no screens

    from storage.store import Store
    from workbench import words

    for file in ("more", "options"):  # a busy machine is no pause between two digits
        monkeypatch.setattr(f"screens.ask.{file}.NUMBER_PAUSE_SECONDS", 60.0)
    with ExitStack() as opened:

        def entered(policy: str, language: str, size: tuple[int, int], keymap: str = "default") -> Room:
            house = open_house(policy)
            added_to(house)
            words.use(language)
            return Room(opened.enter_context(closing(Store(house.path))), keymap, size)

        yield entered
