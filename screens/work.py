"""Work off the event loop: reads that may be long, and every write."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

from textual.dom import DOMNode
from textual.worker import Worker

from workbench.domain.errors import WorkbenchError

Result = TypeVar("Result")


def background(
    node: DOMNode,
    work: Callable[[], Result],
    done: Callable[[Result], None],
    failed: Callable[[WorkbenchError], None],
    *,
    group: str,
    latest: bool = False,
) -> "Worker[None]":
    """Run ``work`` in a thread, then ``done`` or ``failed`` on the event loop.

    With ``latest``, the answer of an earlier call of the same group is dropped. What is not a
    WorkbenchError is a bug and ends the program through its crash report.
    """

    async def job() -> None:
        try:
            result = await asyncio.to_thread(work)
        except WorkbenchError as why:
            failed(why)
        else:
            done(result)

    return node.run_worker(job, group=group, exclusive=latest)
