"""Everything that a person can act on; all else is a bug and keeps its traceback.

WorkbenchError              exit code
├── UsageError              2   a malformed or unknown value; names the option
├── RefusedError            3   valid, but a rule says no
│   └── OfferError              a sum in a text: an offer, or none
├── NotFoundError           4   no such case, or an ambiguous ending
├── ConflictError           5   somebody else changed it first
├── InputFaultsError        6   faults in an input file
└── StoreError              7   the store cannot serve
    ├── StoreMissingError       no file yet: init makes one
    ├── StoreBusyError          locked by others for too long; the same call may be tried again
    ├── StoreFullError          the disk is full
    ├── StoreReadOnlyError      the file, its folder or a side file cannot be written
    ├── StoreTooNewError        written by a newer program
    └── StoreDamagedError       not a store, or its check found problems

Source of the codes: the command-line contract in docs/verbs.md.
"""

from pathlib import PurePath
from typing import Any

from workbench.domain.text import safe_text
from workbench.words import N_, Said, Show, Told, as_it_is

LONGEST_VALUE = 500  # characters of one value in a sentence


class Lines(tuple[Said, ...], Told):
    """Sentences that another one lists below each other."""

    __slots__ = ()

    def __str__(self) -> str:
        return self.shown()

    def shown(self, show: Show = as_it_is) -> str:
        """Return a line for each, with every value as ``show`` gives it."""
        return "\n".join(str(_one_line(said.shown(show))) for said in self)


class WorkbenchError(Exception):
    """One sentence for a person: what, where, what to do."""

    exit_code = 1

    def __init__(self, template: str, **values: object) -> None:
        values = {name: _one_line(value) for name, value in values.items()}
        super().__init__(template, values)
        self.said = Said(template, **values)

    def __reduce__(self) -> tuple[Any, ...]:
        """Let it be raised in another process than the one that met it."""
        return _again, (type(self), self.args, self.__dict__)

    def __str__(self) -> str:
        return self.shown()

    def shown(self, show: Show = as_it_is) -> str:
        """Return what is said, with every value as ``show`` gives it."""
        return self.said.shown(show)

    def add(self, template: str, **values: object) -> None:
        """Say one sentence more; kind and exit code stay."""
        self.said = Said("{before} {more}", before=self.said, more=Said(template, **values))


def _again(kind: type[WorkbenchError], args: tuple[Any, ...], held: dict[str, Any]) -> WorkbenchError:
    error = kind.__new__(kind, *args)
    error.__dict__.update(held)
    return error


def _one_line(value: object) -> object:
    """Return a text that somebody typed so that the sentence around it stays one, and short."""
    if not isinstance(value, (str, PurePath)):
        return value
    text = safe_text(str(value))
    return text if len(text) <= LONGEST_VALUE else text[: LONGEST_VALUE - 3] + "..."


class UsageError(WorkbenchError):
    """A value that cannot be understood; ``option`` names where it stood, e.g. ``--claim``."""

    exit_code = 2

    def __init__(self, template: str, *, option: str = "", **values: object) -> None:
        super().__init__(template, **values)
        self.option = option

    def shown(self, show: Show = as_it_is) -> str:
        """Return what is said, after the name of the option."""
        return f"{self.option}: {super().shown(show)}" if self.option else super().shown(show)


class RefusedError(WorkbenchError):
    """A rule says no, with the reason."""

    exit_code = 3

    @classmethod
    def because(cls, reason: Said) -> "RefusedError":
        """Refuse with a sentence that a ``why_not`` gave."""
        return cls(reason.template, **reason.values)


class OfferError(RefusedError):
    """What the customer hears names a sum, and nobody has said whether it is offered.

    ``said`` is how the text names it, ``amount`` the yuan as somebody would type them, empty if unknown.
    """

    def __init__(self, template: str, *, said: str, amount_said: str = "", **values: object) -> None:
        super().__init__(template, said=said, **values)
        self.named, self.amount = said, amount_said


class NotFoundError(WorkbenchError):
    """No such case, or an ending that fits none or several."""

    exit_code = 4


class ConflictError(WorkbenchError):
    """Somebody acted on the case after it was read."""

    exit_code = 5

    def __init__(self, number: str, by: str, act: str) -> None:
        super().__init__(
            N_("{number} was changed by {by} ({act}) after you read it; look at it again."),
            number=number,
            by=by,
            act=act,
        )


class InputFaultsError(WorkbenchError):
    """Rows of an input file that cannot be taken."""

    exit_code = 6


class StoreError(WorkbenchError):
    """The store cannot serve."""

    exit_code = 7


class StoreMissingError(StoreError):
    """There is no store at the path."""


class StoreBusyError(StoreError):
    """Others hold the store for longer than the wait."""


class StoreFullError(StoreError):
    """The disk has no room; the transaction that met it was not written."""


class StoreReadOnlyError(StoreError):
    """The store may only be read."""


class StoreTooNewError(StoreError):
    """A newer program wrote the store."""


class StoreDamagedError(StoreError):
    """The file is not a store, or is damaged."""
