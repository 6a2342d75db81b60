"""How a level and a due time come about: the same lines as the verb ``why`` prints."""

from textual.content import Content

from screens.present.dossier import Dossier
from screens.present.ink import TITLE, line, lines
from workbench.domain.text import safe_text
from workbench.reports import explain
from workbench.words import _


def reckoning(dossier: Dossier) -> Content:
    """Return why the case has its level, and how each clock's due time is reckoned."""
    rules = dossier.rules
    said = explain.lines(explain.explain(dossier.case, dossier.now, rules), rules)
    return lines(
        Content(),
        line((_("Why this level and these times"), TITLE)),
        *(Content(safe_text(text)) for text in said),
    )
