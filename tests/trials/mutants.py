"""Mutants: one place of a rule is changed, and the nearest tests must fail. By hand:

python -m tests.trials.mutants [TOPIC …] [--every N] [--seconds N] [--most N] [--only TEXT] [--again FILE]
python -m tests.trials.mutants --file FILE … --by TESTS …
"""

import argparse
import os
import random
import sys
from argparse import Namespace
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic

import pytest
from hypothesis.configuration import set_hypothesis_home_dir

sys.path.insert(0, str(Path(__file__).parents[1]))

from processes import NOW, ROOT

from trials.mutant_runs import TOLD, Trial
from trials.mutator import Mutant, mutant, places
from trials.topics import TOPICS, Topic


def main() -> int:
    """Print survivors and the share that was killed, a topic a line; 1 where the tests fail as things are."""
    asked = argparse.ArgumentParser(prog="python -m tests.trials.mutants")
    asked.add_argument("topics", nargs="*", default=list(TOPICS))
    asked.add_argument("--file", nargs="+", help="files of your own choice instead of a topic")
    asked.add_argument("--by", nargs="+", help="the tests that are nearest to them")
    asked.add_argument("--every", type=int, default=1, help="try one in so many, chosen at random")
    asked.add_argument("--seconds", type=float, default=float("inf"), help="at the most, for each topic")
    asked.add_argument("--most", type=float, default=2, help="seconds of tests for a mutant, at the most")
    asked.add_argument("--only", default="", help="mutants with this text in their name")
    asked.add_argument(
        "--again", type=Path, help="only those that survived, by what an earlier run has printed"
    )
    given = asked.parse_args()
    os.environ["WORKBENCH_NOW"] = NOW
    own = {"yours": (tuple(given.file), tuple(given.by))} if given.file else {}
    return max(_topic(name, own.get(name) or TOPICS[name], given) for name in own or given.topics)


def _topic(name: str, topic: Topic, given: Namespace) -> int:
    files, tests = topic
    with TemporaryDirectory() as folder:
        set_hypothesis_home_dir(f"{folder}/examples")  # what fails on a mutant is no example for later
        trial = Trial(files, Path(folder), given.most, lambda trial: _judge(trial, name, given))
        return int(pytest.main([*TOLD, f"--basetemp={folder}/made", *tests], plugins=[trial]))


def _judge(trial: Trial, name: str, given: Namespace) -> None:
    if broken := trial.broken():
        pytest.exit(f"{name}: these fail as things are: {', '.join(broken)}", 1)
    until, tried, killed = monotonic() + given.seconds, 0, 0
    for changed in _chosen(trial.files, name, given):
        if monotonic() > until:
            break
        tried += 1
        if trial.dies(changed):
            killed += 1
        else:
            print(f"survived {len(trial.near(changed))} tests: {changed}", flush=True)
        if not tried % 20:
            print(f"{name}: {killed} of {tried} so far", file=sys.stderr, flush=True)
    every_one = sum(places((ROOT / file).read_text("utf-8")) for file in trial.files)
    print(f"{name}: {killed} of {tried} killed ({every_one} in all)", flush=True)


def _chosen(files: Sequence[str], name: str, given: Namespace) -> Iterator[Mutant]:
    """Yield the mutants that are asked for, in an order that is the same each time."""
    sources = {file: (ROOT / file).read_text("utf-8") for file in files}
    every_one = [(file, nth) for file in files for nth in range(1, places(sources[file]) + 1)]
    survived = given.again.read_text("utf-8").splitlines() if given.again else []
    for file, nth in random.Random(name).sample(every_one, -(-len(every_one) // given.every)):
        changed = mutant(file, sources[file], nth)
        if given.only in str(changed) and (not given.again or any(str(changed) in line for line in survived)):
            yield changed


if __name__ == "__main__":
    sys.exit(main())
