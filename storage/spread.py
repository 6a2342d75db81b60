"""Work on many cases, spread over processes that each read for themselves.

The results are those of one process, in the same order. A process is begun anew (spawned), since nothing of
a store may be carried over a fork; it ends when whoever began it closes the pipe, or is gone.
"""

import os
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from typing import Any, Generic, NamedTuple, TypeVar, cast

from workbench.domain.errors import StoreError
from workbench.words import N_

Part = TypeVar("Part")
Result = TypeVar("Result")
Progress = Callable[[int, int], None]  # parts done, of so many
MOST = 8  # processes: beyond that they wait for the disk


def silent(done: int, of: int) -> None:
    """Tell nobody."""


class Work(NamedTuple, Generic[Part, Result]):
    """What is done: ``begin`` opens what ``do`` reads from. Both are sent to other processes by name."""

    begin: Callable[[], AbstractContextManager[Any]]
    do: Callable[[Any, Part], Result]


def cores() -> int:
    """Return how many processes may help: one for each core that this one may use, not without end."""
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(usable, MOST)


def alone(work: Work[Part, Result], parts: Sequence[Part], progress: Progress = silent) -> Iterator[Result]:
    """Yield what each part gives, done in this process."""
    with work.begin() as opened:
        for done, part in enumerate(parts):
            progress(done, len(parts))
            yield work.do(opened, part)
    progress(len(parts), len(parts))


def spread(
    work: Work[Part, Result],
    parts: Sequence[Part],
    processes: int,
    progress: Progress = silent,
    order: Callable[[Part], int] = lambda part: 0,
) -> list[Result]:
    """Return what each part gives, in the order of ``parts``, done by so many processes.

    What has the smallest ``order`` is begun first: what takes long should not be last.

    Raises:
        StoreError: one of the processes was ended from outside.
        KeyboardInterrupt: Ctrl-C; the processes are gone by then.
    """
    todo = sorted(range(len(parts)), key=lambda at: (order(parts[at]), at), reverse=True)
    found: dict[int, Result] = {}
    with _helpers(work, min(processes, len(parts))) as busy:
        for end in busy:
            _give(end, parts, todo)
        while len(found) < len(parts):
            progress(len(found), len(parts))
            for end in cast(list[Connection], wait(busy)):
                at, result = _taken(end)
                found[at] = result
                if not _give(end, parts, todo):
                    busy.remove(end)
    progress(len(parts), len(parts))
    return [found[at] for at in range(len(parts))]


def _give(end: Connection, parts: Sequence[Any], todo: list[int]) -> bool:
    if not todo:
        return False
    at = todo.pop()
    with suppress(OSError):  # it is gone, which is told when its answer is read
        end.send((at, parts[at]))
    return True


def _taken(end: Connection) -> tuple[int, Any]:
    try:
        at, result, why = end.recv()
    except (EOFError, OSError):
        raise StoreError(N_("A process that helped was ended from outside. Try again.")) from None
    if why is not None:
        raise why
    return at, result


@contextmanager
def _helpers(work: Work[Any, Any], count: int) -> Iterator[list[Connection]]:
    """Lend the pipes to processes that do ``work``; they are gone at the end."""
    context = get_context("spawn")
    with ExitStack() as at_end:
        ends, helpers = [], []
        with _keyboard_held():
            for _ in range(count):
                ours, theirs = context.Pipe()
                helper = context.Process(target=_serve, args=(theirs, work), daemon=True)
                helper.start()
                at_end.callback(helper.join)
                at_end.callback(ours.close)
                theirs.close()
                helpers.append(helper)
                ends.append(ours)
        at_once = at_end.enter_context(ExitStack())
        for helper in helpers:
            at_once.callback(helper.terminate)  # it only reads
        yield list(ends)
        at_once.pop_all()  # they end by themselves where their pipes are closed


@contextmanager
def _keyboard_held() -> Iterator[None]:
    """Keep Ctrl-C from the processes that are begun meanwhile: it is for whoever began them."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    from multiprocessing.resource_tracker import ensure_running

    ensure_running()  # it would let Ctrl-C through, once it has begun
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _serve(end: Connection, work: Work[Any, Any]) -> None:
    """Do the parts that come through ``end`` until it is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with suppress(EOFError, OSError):
        try:
            with work.begin() as opened:
                while True:
                    at, part = end.recv()
                    end.send((at, work.do(opened, part), None))
        except (EOFError, OSError):
            raise
        except Exception as why:  # noqa: BLE001 (it is raised where it is waited for)
            end.send((-1, None, why))
