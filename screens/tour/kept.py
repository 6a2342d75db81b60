"""How far somebody has come on the tour: a small file beside the drafts; without it nobody was asked yet."""

import json
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path

from screens.tour.steps import BY_COMMAND
from workbench import config
from workbench.domain.system import private_folder


def path() -> Path:
    """Return where the file is, or will be."""
    return config.state_folder() / "tour.json"


def known() -> frozenset[str] | None:
    """Return the steps that were taken; None where the tour was never shown."""
    try:
        kept = json.loads(path().read_text("utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError):  # whatever stands there, somebody was shown it
        return frozenset()
    done = kept.get("done") if isinstance(kept, dict) else None
    return frozenset(each for each in done if each in BY_COMMAND) if isinstance(done, list) else frozenset()


def keep(done: Collection[str]) -> None:
    """Keep which steps were taken; where that cannot be written the tour is shown once more."""
    with suppress(OSError):
        private_folder(path().parent)
        path().write_text(json.dumps({"done": sorted(done)}), encoding="utf-8")
