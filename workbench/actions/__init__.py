"""Everything a person can do to a case, written out by hand: key, palette and verb all use this list."""

from workbench.actions import (
    acknowledge,
    assign,
    callback,
    close,
    heard,
    keep,
    note,
    pause,
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
)
from workbench.actions.base import Action, Desk, Field

ALL: tuple[Action, ...] = (
    record.ACTION, take.ACTION, acknowledge.ACTION, heard.ACTION, assign.ACTION, note.ACTION, reply.ACTION,
    propose.ACTION, promise.ACTION, keep.ACTION, pause.ACTION, resume.ACTION, regrade.ACTION, close.ACTION,
    callback.ACTION, reopen.ACTION, undo.ACTION, reveal.ACTION,
)  # fmt: skip
BY_ID: dict[str, Action] = {action.id: action for action in ALL}

__all__ = ["ALL", "BY_ID", "Action", "Desk", "Field"]
