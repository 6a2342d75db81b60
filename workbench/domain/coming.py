"""Something that the passing of time brings by itself."""

from datetime import datetime
from typing import Any

from workbench.domain.records import dataclass


@dataclass(frozen=True, slots=True)
class Coming:
    """An act that the passing of ``at`` (UTC) brings, with the data of its event."""

    at: datetime
    act: str
    data: dict[str, Any]
