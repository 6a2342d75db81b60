"""The members of staff of whom a case speaks; somebody who has left may still be complained about."""

from collections.abc import Mapping
from typing import Any

from workbench.domain.errors import UsageError
from workbench.domain.policies import Rules
from workbench.rules.request import option, parted, text
from workbench.words import N_


def given(typed: Mapping[str, Any], name: str, rules: Rules) -> str | None:
    """Return the person that was named; any name while no staff are registered, None for nobody.

    Raises:
        UsageError: nobody of that name was ever on the staff list.
    """
    person = text(typed, name).strip()
    return _known(person, name, rules) if person else None


def several(typed: Mapping[str, Any], name: str, rules: Rules) -> list[str]:
    """Return the people that were named, each once; see ``given``."""
    return [_known(person, name, rules) for person in parted(text(typed, name))]


def _known(person: str, name: str, rules: Rules) -> str:
    if rules.organisation.listed and person not in rules.organisation.members:
        raise UsageError(
            N_("{name} is not on the staff list; see: workbench staff list"), option=option(name), name=person
        )
    return person
