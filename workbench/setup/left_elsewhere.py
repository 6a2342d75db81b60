"""Where words about a person lie outside the store: drafts of this system user, copies of the store."""

import json
import re
from pathlib import Path

from storage import claims
from workbench import config
from workbench.domain.text import narrow

OF_STORE = ("", "-wal", "-shm", "-journal")
ENDINGS = (".db", ".bak", ".backup", ".sqlite", ".part")


def forget_drafts(wanted: re.Pattern[str], folder: Path | None = None) -> int:
    """Remove the drafts in which the phone stands; return how many.

    Drafts lie in the folder of each system user, and only this user's can be read.
    """
    removed = 0
    for draft in (folder or config.state_folder() / "drafts").glob("*.json*"):
        if wanted.search(_words(draft)):
            draft.unlink(missing_ok=True)
            removed += 1
    return removed


def _words(draft: Path) -> str:
    try:
        return narrow(json.dumps(json.loads(draft.read_text("utf-8")), ensure_ascii=False))
    except (OSError, ValueError):
        return ""


def copies(store: Path) -> list[str]:
    """Return the files beside ``store`` whose names say that they are copies of one, by name."""
    live = {f"{store.name}{end}" for end in OF_STORE}
    try:
        beside = sorted(each.name for each in store.parent.iterdir() if each.is_file())
    except OSError:
        return []
    return [
        name
        for name in beside
        if name not in live
        and (name.startswith((store.name, store.stem, f".{store.name}")) or name.endswith(ENDINGS))
        and not name.endswith((*OF_STORE[1:], ".lock"))
        and not name.startswith(f"{store.name}.{claims.WORK}.")  # who rings whom: digests, for minutes
    ]
