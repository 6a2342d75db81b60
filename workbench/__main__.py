"""The program: without a verb and on a terminal straight to the screens, else the command line."""

import atexit
import gc
import os
import sys
from collections.abc import Sequence
from io import TextIOWrapper
from typing import TYPE_CHECKING

from workbench.domain.errors import UsageError, WorkbenchError

if TYPE_CHECKING:
    from workbench.cli.session import Session

INTERRUPTED = 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program with ``argv`` (without its name) and return its exit code."""
    gc.disable()  # loading makes no garbage, and looking for it costs a verb 8 ms; what runs on turns it on
    atexit.register(gc.freeze)  # nor is there any worth looking for at the end: 5 ms
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        code = _guarded(list(sys.argv[1:] if argv is None else argv))
        sys.stdout.flush()
    except BrokenPipeError:
        # whoever read has seen enough; Python would complain once more when it closes the stream
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    finally:
        gc.enable()
    return code


def _guarded(words: list[str]) -> int:
    """Run ``words``; whatever goes wrong becomes a sentence and an exit code."""
    try:
        return _run(words)
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        raise
    except WorkbenchError as why:
        return _say(str(why), why.exit_code)
    except Exception as bug:  # noqa: BLE001 (the crash reporter)
        from workbench.cli import crash

        return _say(crash.report(bug), 1)


def _say(text: str, code: int) -> int:
    from workbench.cli import out

    sys.stdout.flush()
    out.tell(text)
    return code


def _run(words: list[str]) -> int:
    from workbench.cli import options
    from workbench.cli.session import Session

    try:
        found, rest = options.split(words)
    except UsageError:
        options.speak({}, os.environ)
        raise
    options.speak(found, os.environ)
    session = Session(options.settled(found))
    try:
        return _chosen(session, rest)
    finally:
        session.close()


def _chosen(session: "Session", rest: list[str]) -> int:
    """Open the screens, print what needs no verb, or carry out the verb."""
    wants_help = not {"--help", "-h"}.isdisjoint(rest)
    if session.options.version or session.options.help or not rest or (rest[0] == "demo" and not wants_help):
        from workbench.cli import front

        return front.run(session, rest)
    from workbench.cli import app  # typer: only from here on

    return app.run(rest, session)


if __name__ == "__main__":
    sys.exit(main())
