"""The whole matrix by hand: python -m tests.matrix"""

import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic

sys.path.insert(0, str(Path(__file__).parents[1]))

from matrix import axes, house
from matrix.walking import Walked, walk

from workbench import words


def of_states(states: Sequence[str]) -> Walked:
    """Walk every cell of ``states``, in houses of one's own."""
    words.use("en")
    with TemporaryDirectory() as folder:
        houses = house.houses(Path(folder))
        return walk(houses, (cell for cell in axes.every(house.people(houses)) if cell.state in states))


def main() -> int:
    """Print the counts of cells by answer, and every difference."""
    began = monotonic()
    answers, lines = Counter(), []
    for state in axes.STATES:
        found = of_states([state])
        answers += found.answers
        lines += found.lines
    print(f"{answers.total()} cells in {monotonic() - began:.0f} s")
    for (kind, rule), count in sorted(answers.items()):
        print(f"{count:7} {kind}" + (f" ({rule})" if rule else ""))
    print("\n".join([f"{len(lines)} differ", *lines]))
    return bool(lines)


if __name__ == "__main__":
    sys.exit(main())
