"""What is known of a case that is looked at."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from workbench.domain.cases import Case, Event
from workbench.domain.life import Life
from workbench.domain.policies import Rules
from workbench.wording.names import Names


@dataclass(frozen=True)
class Dossier:
    """What is known of a case at one moment; ``phone`` is set while somebody looks at it on purpose.

    ``customer`` is what ``workbench.reports.customer`` says, once it has been read; ``life`` is drawn as a
    bar where it is known; ``writing`` says who else writes on it right now.
    """

    case: Case
    events: Sequence[Event]
    rules: Rules
    words: Names
    now: datetime
    phone: str = ""
    customer: Mapping[str, Any] | None = None
    life: Life | None = None
    writing: str = ""
