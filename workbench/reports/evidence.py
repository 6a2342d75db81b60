"""Where the file of a piece of evidence is, for somebody who wants to look at it."""

from pathlib import Path

from msgspec import Struct

from storage import evidence
from workbench.desk import Desk
from workbench.domain.erasing import ERASED
from workbench.domain.errors import NotFoundError, RefusedError, StoreDamagedError
from workbench.rules import in_sight
from workbench.words import N_


class OnDisk(Struct, frozen=True):
    """A file of evidence: its number on the case, its name, and where its copy is."""

    id: int
    name: str
    path: Path


def file_of(desk: Desk, case_id: int, wanted: str) -> OnDisk:
    """Return the file of evidence ``wanted`` (its number on the case).

    Raises:
        RefusedError: the person does not read the case, or no copy was kept.
        NotFoundError: there is no such evidence on it.
        StoreDamagedError: the copy is missing or was changed.
    """
    case = in_sight.ensure(desk, desk.case(case_id))
    found = next((each for each in case.evidence if str(each.id) == wanted.strip()), None)
    if found is None:
        raise NotFoundError(N_("{number} has no evidence {id}."), number=case.number, id=wanted)
    if found.name == ERASED:
        raise RefusedError(N_("That evidence was erased by law."))
    if not found.kept:
        raise RefusedError(
            N_("No copy of {name} was kept; the file stays elsewhere. SHA-256: {digest}"),
            name=found.name, digest=found.sha256,
        )  # fmt: skip
    path = evidence.path_of(desk.store.path, found.sha256)
    if fault := evidence.fault_of(path, found.sha256):
        gone = N_("The file of {name} is missing: {path}")
        changed = N_("The file of {name} was changed, so that it proves nothing: {path}")
        raise StoreDamagedError(gone if fault == "missing" else changed, name=found.name, path=path)
    return OnDisk(found.id, found.name, path.absolute())
