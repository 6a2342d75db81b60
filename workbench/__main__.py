"""The program: without a verb and on a terminal straight to the screens, else the command line."""

import atexit
import errno
import gc
import os
import signal
import sys
import threading
from collections.abc import Sequence
from io import TextIOWrapper
from typing import TYPE_CHECKING, NoReturn

from workbench.domain.errors import StoreError, UsageError, WorkbenchError
from workbench.words import N_

if TYPE_CHECKING:
    from workbench.cli.session import Session

INTERRUPTED = 130
STOPS = ("SIGTERM", "SIGHUP")
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program with ``argv`` (without its name) and return its exit code."""
    gc.disable()  # loading makes no garbage, and looking for it costs a verb 8 ms; what runs on turns it on
    atexit.register(gc.freeze)  # nor is there any worth looking for at the end: 5 ms
    _ensure_streams()
    _tidy_when_told_to_stop()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        code = _guarded(list(sys.argv[1:] if argv is None else argv))
        sys.stdout.flush()
    except BrokenPipeError:  # whoever read has seen enough
        _forget_output()
        return 0
    except OSError as why:
        _forget_output()
        return _unwritten(why)
    finally:
        gc.enable()
    return code


def _tidy_when_told_to_stop() -> None:
    """Let a signal end the program like an error does: files that are half written go."""
    if threading.current_thread() is not threading.main_thread():
        return
    for name in STOPS:
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:  # nohup keeps one from us
            signal.signal(number, _stop)


def _stop(number: int, frame: object) -> NoReturn:
    raise SystemExit(128 + number)


def _ensure_streams() -> None:
    """Give the streams that the caller closed somewhere to go."""
    sys.stdout = sys.stdout or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 (for all of the run)
    sys.stderr = sys.stderr or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115


def _forget_output() -> None:
    """Let what was not written go: Python would complain once more when it closes the stream."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _unwritten(why: OSError) -> int:
    from workbench.cli import out
    from workbench.domain.system import reason

    out.tell(str(StoreError(N_("Standard output cannot be written: {reason}."), reason=reason(why))))
    return StoreError.exit_code


def _guarded(words: list[str]) -> int:
    """Run ``words``; whatever goes wrong becomes a sentence and an exit code."""
    try:
        return _run(words)
    except KeyboardInterrupt:
        return INTERRUPTED
    except OSError as why:
        if isinstance(why, BrokenPipeError) or (why.errno in FULL and why.filename is None):
            raise  # standard output; every other file says so itself
        return _crashed(why)
    except WorkbenchError as why:
        from workbench.domain import masks  # what is loaded before ``main`` is searched for garbage

        return _say(why.shown(masks.in_sentence), why.exit_code)  # it repeats what was typed, in logs too
    except Exception as bug:  # noqa: BLE001 (the crash reporter)
        return _crashed(bug)


def _crashed(bug: Exception) -> int:
    from workbench import crash

    return _say(crash.announced(bug), 1)


def _say(text: str, code: int) -> int:
    from workbench.cli import out

    sys.stdout.flush()
    out.tell(text)
    return code


def _run(words: list[str]) -> int:
    from workbench.cli import options
    from workbench.cli.session import Session
    from workbench.configuration.sources import Sources

    try:
        found, rest = options.split(words)
    except UsageError:
        options.speak(Sources({}, os.environ))
        raise
    settings = Sources(found, os.environ)
    options.speak(settings)
    if settings.file.faults and rest[:1] != ["config"]:
        _say(str(settings.complaint()), 0)
    session = Session(options.with_defaults(found, settings), _open_screens)
    try:
        return _chosen(session, rest)
    finally:
        session.close()


def _chosen(session: "Session", rest: list[str]) -> int:
    """Open the screens, print what needs no verb, or carry out the verb."""
    if session.options.version or session.options.help or not rest:
        from workbench.cli import front

        return front.run(session)
    if rest[0] == "demo" and {"--help", "-h"}.isdisjoint(rest):
        from workbench.cli import demonstration

        return demonstration.run(session, rest[1:])
    if rest[:2] == ["completion", "words"]:
        from workbench.cli import completing

        return completing.run(rest[2:])
    from workbench.cli import app  # typer: only from here on

    return app.run(rest, session)


def _open_screens(session: "Session") -> int:
    from workbench.cli import front

    if session.options.plain or front.writes_only_lines():
        from workbench.plain.app import run as talk

        return talk(session.desk, session.options.settings, first=session.first)
    from screens.app import run

    options = session.options
    return run(session.desk, options.settings, mouse=options.mouse, first=session.first, tour=session.tour)


if __name__ == "__main__":
    sys.exit(main())
