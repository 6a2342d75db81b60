"""Prints the lowest version of each library that ``pyproject.toml`` allows, as constraints for pip."""

import re
import tomllib
from pathlib import Path

PROJECT = Path(__file__).parent.parent / "pyproject.toml"
NAME, FLOOR = re.compile(r"[\w.-]+"), re.compile(r">=\s*([\w.]+)")


def requirements() -> list[str]:
    """Return what the project and its extras require of others, as it is written there."""
    project = tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]
    extras = (each for extra in project["optional-dependencies"].values() for each in extra)
    return [each for each in (*project["dependencies"], *extras) if not each.startswith(project["name"])]


def constraints() -> list[str]:
    """Return ``name==lowest`` for each requirement.

    Raises:
        ValueError: a requirement says no lowest version.
    """
    found = []
    for requirement in requirements():
        name, floor = NAME.match(requirement), FLOOR.search(requirement.partition(";")[0])
        if not name or not floor:
            raise ValueError(f"{requirement} says no lowest version")
        found.append(f"{name[0]}=={floor[1]}")
    return found


if __name__ == "__main__":
    print("\n".join(constraints()))
