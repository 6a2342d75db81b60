"""A bug ends the program with one sentence and a report, in a file of its own, without personal data."""

import os
import platform
import traceback
from datetime import datetime
from pathlib import Path

from workbench import clock, config
from workbench.domain.errors import WorkbenchError
from workbench.domain.masks import in_sentence
from workbench.domain.system import private_folder
from workbench.domain.text import mask_numbers, safe_text
from workbench.words import _


def announced(bug: BaseException) -> str:
    """Write the report of ``bug`` and return the sentence that names it."""
    path = report(bug, clock.now())
    if path is None:
        return _("This is a bug in Workbench, and no report could be written: {bug}").format(
            bug=described(bug)
        )
    return _("This is a bug in Workbench. The report, without personal data: {path}").format(path=path)


def report(error: BaseException, at: datetime) -> Path | None:
    """Write what went wrong, without the values of variables; None if no file can be written.

    The message of an error may quote a customer: numbers in it are masked.
    """
    folder = config.crash_folder()
    path = folder / f"{at:%Y%m%dT%H%M%SZ}-{os.getpid()}.txt"
    try:
        private_folder(folder)
        with open(os.open(path, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
            file.write(described(error))
    except OSError:
        return None
    return path


def described(error: BaseException) -> str:
    """Return the traceback of ``error`` as safe, masked text."""
    frames = "".join(traceback.format_tb(error.__traceback__))
    said = error.shown(in_sentence) if isinstance(error, WorkbenchError) else mask_numbers(str(error))
    text = f"Python {platform.python_version()}\n{frames}{type(error).__name__}: {said}\n"
    return safe_text(text, newlines=True)
