"""Who gets a case where somebody asks for the person with the least to do.

Among those who are in, may handle the case and are not complained about on it; who leads comes last.
Source: ours.
"""

from storage import holdings
from workbench.domain import acts
from workbench.domain.errors import RefusedError
from workbench.domain.text import fold
from workbench.rules import impartial, permissions
from workbench.rules.request import Asked
from workbench.rules.role_rights import role_of
from workbench.words import N_

WORDS = ("least", "最少")  # typed in place of a name


def person(asked: Asked, field: str) -> str:
    """Return whom ``field`` names, or who has the fewest cases where it says so.

    Raises:
        UsageError: nobody is named, or somebody who is not on the staff list.
        RefusedError: nobody is in who may have the case.
    """
    typed = fold(asked.text(field).strip())
    if typed not in WORDS or typed in asked.rules.organisation.members:
        return asked.person(field)
    able = [name for name in asked.rules.organisation.members if _may_have(asked, name)]
    if not able:
        raise RefusedError(N_("Nobody is in who may have {number}; name somebody."), number=asked.case.number)
    load = holdings.held(asked.db, asked.case.site_id, able)
    return min(able, key=lambda name: (_leads(asked, name), load[name], name))


def _may_have(asked: Asked, name: str) -> bool:
    rules, case = asked.rules, asked.case
    if name == case.handler or not rules.organisation.members[name].here(asked.at):
        return False
    if impartial.receiver(case, name) is not None:
        return False
    return permissions.why_not(rules, name, case, acts.REPLY.id, asked.at) is None


def _leads(asked: Asked, name: str) -> bool:
    role = role_of(asked.rules, name)
    return role is not None and role.leads
