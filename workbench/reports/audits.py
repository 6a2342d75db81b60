"""Closed cases looked at again: which are drawn, what audits found, and how that changes.

Source: ISO 10002:2018, 8.5; S4, subsystem 7 (the draw is ours).
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from random import Random
from typing import Any

from storage import audits as stored
from storage import figures, training
from storage.engine import Db
from storage.figures import Act, Span
from storage.part import WHOLE, Part
from workbench.desk import Desk
from workbench.domain import acts, upcoming
from workbench.domain.cases import Case
from workbench.domain.domain_shares import rate
from workbench.reports.scope import Scope
from workbench.rules import auditors
