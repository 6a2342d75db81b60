"""A store in a place that somebody else made, and another person who tries to use it there."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from desks import Clock
from processes import CompletedProcess, python, run

from storage.create import create
from storage.store import Store
from workbench.actions import doing
from workbench.desk import Desk
from workbench.policy import loading

NOBODY = 65534
TRY = """
import os, sys
from pathlib import Path
from storage import doctor
from storage.create import create
from storage.store import Store
from workbench import clock
from workbench.actions import doing
from workbench.policy import loading
from workbench.desk import Desk
from workbench.domain.errors import StoreError
path, how, warm = Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3])
# what is imported late has to be imported before the rights are gone
create(warm, code="A", policy="default", text=loading.load("default")[1], at=clock.now(), by="x")
desk = Desk(Store(warm), "li", clock.now)
doing.do(desk, "note", doing.record(desk, {"text": "x"}).case_id, {"text": "x"})
desk.store.close()
doctor.examine(warm, clock.now())
os.setgroups([]); os.setgid(65534); os.setuid(65534)
try:
    store = Store(path, read_only=how == "read")
    desk = Desk(store, "li", clock.now)
    with store.reading() as db:
        [case_id] = db.one("SELECT case_id FROM cases")
    if how == "write":
        doing.do(desk, "note", case_id, {"text": "x"})
    print("done", desk.case(case_id).version)
except StoreError as why:
    print(f"{why.exit_code} {type(why).__name__} {why}")
for each in doctor.examine(path, clock.now()):
    if not each.ok:
        print("fault", each.topic, each.mend)
"""


def only_root() -> None:
    if os.name != "posix" or os.geteuid():
        pytest.skip("only root may try to be somebody else")


@contextmanager
def open_place(clock: Clock) -> Iterator[Path]:
    """Lend a store with one case in a folder that everybody may use."""
    folder = Path(tempfile.mkdtemp(prefix="workbench-place-"))
    folder.chmod(0o2777)
    path = folder / "store.db"
    create(path, code="A", policy="default", text=loading.load("default")[1], at=clock(), by="x")
    path.chmod(0o666)
    store = Store(path)
    doing.record(Desk(store, "mei", clock), {"text": "漏水"})
    store.close()
    try:
        yield path
    finally:
        shutil.rmtree(folder)


def as_nobody(path: Path, how: str, warm: Path) -> CompletedProcess[str]:
    """Let somebody without rights of his own ``read`` or ``write`` the store, then ask the doctor."""
    return run(python(TRY, path, how, warm))


@contextmanager
def mounted(folder: Path, *how: str) -> Iterator[Path]:
    """Lend a mount at ``folder``; the words are those behind ``mount``."""
    folder.mkdir(exist_ok=True)
    if os.geteuid() or run(["mount", *how, str(folder)]).returncode:
        pytest.skip("only root may mount")
    try:
        yield folder
    finally:
        run(["umount", str(folder)], check=True)
        folder.rmdir()


@contextmanager
def read_only_view(folder: Path) -> Iterator[Path]:
    """Lend what ``folder`` holds, seen through a mount that may only be read."""
    at = folder.with_name(f"{folder.name}-view")
    with mounted(at, "--bind", str(folder)):
        run(["mount", "-o", "remount,ro,bind", str(at)], check=True)
        yield at
