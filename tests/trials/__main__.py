"""A trial by hand: python -m tests.trials NAME [--n N] [--small] [--room FOLDER]"""

import argparse
import os
import platform
import sys
from importlib import import_module
from pathlib import Path
from time import monotonic

sys.path.insert(0, str(Path(__file__).parents[1]))
if os.environ.get("WORKBENCH_WITHOUT_PYSQLITE3"):
    sys.modules["pysqlite3"] = None  # type: ignore[assignment]  # as where no wheel of it exists

from storage import engine
from trials import NAMES
from trials.frame import Counts, Trial, a_room


def main() -> int:
    """Run one trial and its controls; 0 if nothing was lost or wrong and every control failed."""
    asked = argparse.ArgumentParser(prog="python -m tests.trials")
    asked.add_argument("name", choices=NAMES)
    asked.add_argument(
        "--n", "--keys", type=int, help="how often; without it as often as docs/trials.md says"
    )
    asked.add_argument("--small", action="store_true", help="as often as the tests do")
    asked.add_argument("--room", help="where; without it the folder for temporary files")
    given = asked.parse_args()
    trial: Trial = import_module(f"trials.{given.name}")  # type: ignore[assignment]
    began = monotonic()
    with a_room(given.room) as room:
        os.environ["XDG_STATE_HOME"] = str(room)  # drafts and crash reports of whoever calls are none of ours
        os.environ["XDG_CONFIG_HOME"] = str(room / "settings")  # nor are views
        os.environ.pop("WORKBENCH_VIEWS", None)
        os.environ["WORKBENCH_CONFIG"] = os.devnull  # which anybody may read
        (room / "trial").mkdir()
        found = trial.run(given.n or (trial.SMALL if given.small else trial.FULL), room / "trial")
        spent = monotonic() - began
        (room / "control").mkdir()
        controls = trial.controls(room / "control")
    print(
        f"{given.name}: {trial.TITLE}; Python {platform.python_version()}, SQLite {engine.sqlite.sqlite_version}"
    )
    print(f"{'':40}{'tries':>10}{'acks':>10}{'lost':>8}{'wrong':>8}")
    _line("the product", found)
    for name, counts in controls.items():
        _line(f"control: {name}", counts)
    print("  ".join(f"{name} {value}" for name, value in found.figures.items()), f" {spent:.0f} s")
    print("\n".join(found.told))
    blind = [name for name, counts in controls.items() if not counts.failed]
    print("\n".join(f"the control saw nothing: {name}" for name in blind))
    return int(found.failed or bool(blind))


def _line(name: str, counts: Counts) -> None:
    print(f"{name:40}{counts.tries:>10}{counts.acks:>10}{counts.lost:>8}{counts.wrong:>8}")


if __name__ == "__main__":
    sys.exit(main())
