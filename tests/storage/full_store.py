"""The fixture ``full``: a store in which everything has happened, made once in a process and copied."""

import shutil
from copy import copy

import pytest
from storage_support import a_full_store

from storage.store import Store

_made = {}


@pytest.fixture
def full(bench, tmp_path, tmp_path_factory):
    """A bench on a copy of a store in which everything has happened; its cases are ``full.cases``."""
    if not _made:
        folder = tmp_path_factory.mktemp("template")
        maker = type(bench)(folder / "store.db", bench.clock)
        _made.update(cases=a_full_store(maker), at=bench.clock.at, path=maker.path)
        maker.store.close()
    mine = copy(bench)
    mine.path = tmp_path / "full.db"
    shutil.copy(_made["path"], mine.path)
    mine.clock.at = _made["at"]
    mine.desks, mine.cases, mine.store = {}, _made["cases"], Store(mine.path)
    yield mine
    mine.store.close()
