"""Work off the event loop: reads that may be long, and every write."""

import asyncio
from collections.abc import Callable
from contextlib import nullcontext
from enum import StrEnum
from typing import TypeVar

from textual.dom import DOMNode
from textual.worker import NoActiveWorker, Worker, get_current_worker

from workbench.domain.errors import WorkbenchError

Result = TypeVar("Result")


class Presses(StrEnum):
    """What keys do that are pressed while a worker runs: the name under which it runs."""

    GO_ON = "keys go on"
    WAIT = "keys wait a while"  # they would act on what is not shown yet
    WAIT_TO_THE_END = "keys wait"  # what is stored decides what they mean


def background(
    node: DOMNode,
    work: Callable[[], Result],
    done: Callable[[Result], None],
    failed: Callable[[WorkbenchError], None],
    *,
    group: str,
    latest: bool = False,
    keys: Presses = Presses.GO_ON,
    turn: asyncio.Lock | None = None,
) -> "Worker[None]":
    """Run ``work`` in a thread, then ``done`` or ``failed`` on the event loop.

    With ``latest``, the answer of an earlier call of the same group is dropped; keys that waited for that
    wait for this one. With ``turn``, ``work`` begins when what has that has been shown. What is not a
    WorkbenchError is a bug and ends the program through its crash report.
    """

    async def job() -> None:
        async with turn or nullcontext():
            try:
                result = await asyncio.to_thread(work)
            except WorkbenchError as why:
                failed(why)
            else:
                done(result)

    if latest and keys is Presses.GO_ON and _waited_for(node, group):
        keys = Presses.WAIT
    return node.run_worker(job, name=keys, group=group, exclusive=latest)


def so_far() -> Presses:
    """Return what keys do while a read runs that follows of what is shown just now.

    They go on where nobody has asked for that: it was read since somebody else has committed.
    """
    try:
        worker = get_current_worker()
    except NoActiveWorker:
        return Presses.WAIT
    return Presses.GO_ON if worker.is_running and worker.name == Presses.GO_ON else Presses.WAIT


def _waited_for(node: DOMNode, group: str) -> bool:
    return any(
        worker.node is node and worker.group == group and worker.name == Presses.WAIT
        for worker in node.workers
        if not worker.is_finished
    )
