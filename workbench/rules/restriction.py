"""A person's data that are only kept: nothing is done to the cases, on whatever road.

Source: PIPL article 47, last sentence: all processing stops except storage and protection.
"""

from workbench.domain.cases import Case
from workbench.domain.policies import Rules
from workbench.domain.rights import ERASE
from workbench.domain.times import echo
from workbench.rules import role_rights
from workbench.words import N_, Said, _

OF_PERSON = N_("This person is restricted: what was known before is only kept, and not shown.")


def why_not(rules: Rules, case: Case) -> Said | None:
    """Say who restricted ``case``, when, and who may lift it, or None."""
    if case.restricted is None:
        return None
    since = echo(case.restricted.at, rules.zone)
    if able := role_rights.holders(rules, ERASE):
        return Said(
            N_("{number} is only kept: {by} restricted the use of this person's data on {since}; {leaders} "
               "may lift that."),
            number=case.number, by=case.restricted.by, since=since, leaders=_(", ").join(able),
        )  # fmt: skip
    return Said(
        N_("{number} is only kept: {by} restricted the use of this person's data on {since}; see: workbench "
           "person restrict PHONE --lift"),
        number=case.number, by=case.restricted.by, since=since,
    )  # fmt: skip


def unread(rules: Rules, person: str, case: Case) -> Said | None:
    """Say why ``person`` does not read ``case``; whoever may lift a restriction does."""
    return None if role_rights.has(rules, person, ERASE) else why_not(rules, case)
