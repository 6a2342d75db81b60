"""Something that the passing of time brings by itself."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Coming:
    """An act that the passing of ``at`` (UTC) brings, with the data of its event."""

    at: datetime
    act: str
    data: dict[str, Any]
