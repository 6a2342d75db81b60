"""What somebody leaves behind who is taken off the staff list, in words."""

from collections.abc import Iterator

from workbench.domain.policies import Rules
from workbench.domain.text import safe_text
from workbench.setup.leaving import Left
from workbench.wording.names import Names
from workbench.words import N_, _

NAMED = 20  # cases and duties that are named; the rest is counted
CASES_GIVEN = N_("Open cases that now are with {to}, {n}: {numbers}")
CASES_LEFT = N_("Open cases that now are with nobody, {n}: {numbers} (see: workbench list unassigned)")
CASES_ABOUT = N_("Open cases about {to}, now with nobody, {n}: {numbers} (see: workbench list unassigned)")
HINT = N_("To give them to somebody: workbench assign NUMBER --to STAFF, or with --to when removing.")


def lines(left: Left, rules: Rules) -> Iterator[str]:
    """Yield what became of the open cases and duties of somebody who has left."""
    words = Names(rules.policy)
    yield _("{name} is off the staff list.").format(name=safe_text(left.member.name))
    open_ones = CASES_ABOUT if left.receiver else CASES_LEFT
    for said, numbers in ((CASES_GIVEN, left.given), (open_ones, left.unassigned)):
        if numbers:
            yield _(said).format(to=safe_text(left.receiver), n=len(numbers), numbers=_listed(numbers))
    if left.duties:
        owed = [
            _("{what} on {number}: {owner}").format(
                what=words.duty(kind), number=safe_text(number), owner=words.owner(owner)
            )
            for number, kind, owner in left.duties
        ]
        yield _("Duties that go on, {n}: {duties}").format(n=len(owed), duties=_listed(owed))
    if left.cases and not left.receiver:
        yield _(HINT)


def _listed(names: list[str] | tuple[str, ...]) -> str:
    more = ", …" if len(names) > NAMED else ""
    return _(", ").join(names[:NAMED]) + more
