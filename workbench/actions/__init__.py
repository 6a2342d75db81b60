"""Everything a person can do to a case, written out by hand: key, palette and verb all use this list."""

from workbench.actions import (
    acknowledge,
    assign,
    callback,
    close,
    complainant,
    heard,
    identify,
    incident,
    keep,
    link,
    merge,
    note,
    pause,
    profile,
    promise,
    propose,
    record,
    regrade,
    reopen,
    reply,
    resume,
    reveal,
    take,
    undo,
    unlink,
    unmerge,
    warning,
)
from workbench.actions.base import Action, Desk, Field

ALL: tuple[Action, ...] = (
    record.ACTION, take.ACTION, acknowledge.ACTION, heard.ACTION, assign.ACTION, note.ACTION, reply.ACTION,
    propose.ACTION, promise.ACTION, keep.ACTION, pause.ACTION, resume.ACTION, regrade.ACTION, close.ACTION,
    callback.ACTION, reopen.ACTION, undo.ACTION, reveal.ACTION, warning.ACTION,
    complainant.ACTION,
    link.ACTION,
    unlink.ACTION,
    merge.ACTION,
    unmerge.ACTION,
    incident.ACTION,
    identify.ACTION,
    profile.ACTION,
)  # fmt: skip
BY_ID: dict[str, Action] = {action.id: action for action in ALL}

__all__ = ["ALL", "BY_ID", "Action", "Desk", "Field"]
