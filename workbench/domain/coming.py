"""Something that the passing of time brings by itself."""

from datetime import datetime
from typing import Any

from msgspec import Struct


class Coming(Struct, frozen=True):
    """An act that the passing of ``at`` (UTC) brings, with the data of its event."""

    at: datetime
    act: str
    data: dict[str, Any]
