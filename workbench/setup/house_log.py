"""What befalls the house is written down: who, by which login, when, what."""

from collections.abc import Mapping
from typing import Any

from storage import house
from storage.engine import Db
from workbench.desk import Desk
from workbench.domain.house import HouseAct
from workbench.domain.text import door
from workbench.rules import writing


def write_down(desk: Desk, act: HouseAct, data: Mapping[str, Any]) -> None:
    """Write ``act`` into the house log, in a transaction of its own.

    Raises:
        StoreError: the store cannot be written; nothing was.
    """
    writing.write_down(desk, lambda db: write_in(db, desk, act, data))


def write_in(db: Db, desk: Desk, act: HouseAct, data: Mapping[str, Any]) -> None:
    """Write ``act`` into the house log, texts as the door lets them in; inside a write transaction."""
    told = {name: door(value) if isinstance(value, str) else value for name, value in data.items()}
    house.log(db, desk.store.site_id, act, at=desk.now(), by=desk.person, data=told | {"login": desk.login})
