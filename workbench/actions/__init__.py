"""Everything a person can do to a case: a file an act, named like its record in ``workbench.domain.acts``."""

from functools import cache
from importlib import import_module

from workbench.domain import acts
from workbench.rules.action import Action


@cache
def of(act_id: str) -> Action:
    """Return how a person does the act ``act_id``; only its own file is loaded.

    Raises:
        KeyError: it is no act that a person does.
    """
    if act_id not in acts.PERSONS:
        raise KeyError(act_id)
    found: Action = import_module(f"{__name__}.{act_id}").ACTION
    return found


def every() -> tuple[Action, ...]:
    """Return all of them, in the order of their records."""
    return tuple(of(act_id) for act_id in acts.PERSONS)
