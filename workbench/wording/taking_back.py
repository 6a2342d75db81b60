"""What an undo would do to a case, in words: for the list of what can be taken back, and for its form."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from workbench.domain.text import safe_text
from workbench.wording import names
from workbench.words import N_, _

if TYPE_CHECKING:
    from collections.abc import Mapping

LABELS = {"status": N_("Status"), "handler": N_("Handler"), "severity": N_("Level"), "hot": N_("hot")}
SHOWN: dict[str, Callable[[Any], str]] = {
    "status": names.status,
    "handler": lambda name: safe_text(name or "") or _("nobody"),
    "severity": names.level,
    "hot": lambda hot: _("yes") if hot else _("no"),
}


def changes(becomes: "Mapping[str, tuple[Any, Any]]") -> str:
    """Return what would be another on the case; that nothing else changes where that is so."""
    said = _(", ").join(_changes(becomes))
    return said or _("only this entry goes")


def _changes(becomes: "Mapping[str, tuple[Any, Any]]") -> Iterator[str]:
    for name, (is_, then) in becomes.items():
        template = _("{what}: {before} to {after}")
        yield template.format(what=_(LABELS[name]), before=SHOWN[name](is_), after=SHOWN[name](then))
