"""A bug keeps its traceback, without personal data, in a file of its own."""

from datetime import datetime

from workbench import clock, config
from workbench.words import _


def report(bug: BaseException, at: datetime | None = None) -> str:
    """Write the report of ``bug`` and return the sentence that names it."""
    from screens import crash

    path = crash.report(bug, at or clock.now(), config.crash_folder())
    if path is None:
        return _("This is a bug in Workbench, and no report could be written: {bug}").format(
            bug=crash.described(bug)
        )
    return _("This is a bug in Workbench. The report, without personal data: {path}").format(path=path)
