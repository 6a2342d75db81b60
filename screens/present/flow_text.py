"""The flow of a case in one line: what is passed, where it stands, what lies ahead; and what is missing."""

from collections.abc import Iterator

from textual.content import Content

from screens.present.facts import fact, fact_of
from screens.present.ink import PLAIN, SOFT, TITLE, line
from workbench.domain import flow
from workbench.domain.cases import Case
from workbench.domain.policies import Policy
from workbench.domain.text import safe_text
from workbench.words import _

BETWEEN = " > "


def flow_line(case: Case, policy: Policy) -> Content:
    """Return the nodes in a row, the present one in brackets; nothing for a policy without a flow."""
    path = flow.nodes(case, policy)
    here = flow.place(case, policy)
    at = path.index(here) if here in path else len(path)
    parts: list[str | tuple[str, str]] = []
    for place, node in enumerate(path):
        name = safe_text(str(node.name))
        if place == at:
            parts.append((f"[{name}]", TITLE))
        else:
            parts.append((name, SOFT if place < at else PLAIN))
        parts.append((BETWEEN, SOFT))
    return line(*parts[:-1])


def flow_lines(case: Case, policy: Policy, width: int) -> Iterator[Content]:
    """Yield the flow, then what is missing before the case may go on, each with the act that brings it."""
    if not policy.regime.nodes:
        return
    yield from fact_of(_("Flow"), flow_line(case, policy), width)
    for name in flow.missing(case, policy) if case.live else ():
        found = flow.FACTS[name]
        said = _("{missing} (act: {act})").format(missing=_(found.missing), act=_(found.act.title))
        yield from fact(_("Missing"), said, "", width)
