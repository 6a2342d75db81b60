"""The program: without a verb and on a terminal straight to the screens, else the command line."""

import os
import sys
from collections.abc import Sequence

from workbench.domain.errors import UsageError, WorkbenchError

INTERRUPTED = 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program with ``argv`` (without its name) and return its exit code."""
    words = list(sys.argv[1:] if argv is None else argv)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        code = _run(words)
        sys.stdout.flush()
        return code
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # whoever read has seen enough; Python would complain once more when it closes the stream
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
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
    if session.options.version or session.options.help:
        from workbench.cli import front

        return front.version() if session.options.version else front.overview()
    if not rest or rest[0] == "demo" and not {"--help", "-h"} & set(rest):
        from workbench.cli import front

        return front.demo(session, rest[1:]) if rest else front.open_store(session)
    from workbench.cli import app

    return app.run(rest, session)


if __name__ == "__main__":
    sys.exit(main())
