"""One view in the text of the file: put in, changed, taken out; whatever else people wrote stays as it is."""

import json
import re

from workbench.toml.lines import lines_of
from workbench.views.reading import TABLE
from workbench.views.view import SavedView
from workbench.words import N_, _

HEAD = N_("Views of Workbench, shared by all who read this file; it may be written by hand as well.")
_BARE = re.compile(r"[A-Za-z0-9_-]+")


def with_view(text: str, view: SavedView) -> str:
    """Return ``text`` with ``view`` in place of the one of its name, or behind all others."""
    lines = text.splitlines()
    keys = [f"{key} = {_value(value)}" for key, value in _keys(view)]
    if span := _span(text, view.name):
        first, end = span
        remarks = [line for line in lines[first:end] if line.lstrip().startswith("#")]
        lines[first:end] = [*remarks, *keys]
    else:
        lines = lines or [f"# {_(HEAD)}"]
        gap = [""] if lines[-1].strip() else []
        lines += [*gap, f"[{TABLE}.{_key(view.name)}]", *keys]
    return _joined(lines, text)


def without(text: str, name: str) -> str:
    """Return ``text`` without the view ``name`` and the remarks inside of it."""
    lines = text.splitlines()
    if span := _span(text, name):
        first, end = span
        while end < len(lines) and not lines[end].strip():
            end += 1
        del lines[first - 1 : end]
    return _joined(lines, text)


def _span(text: str, name: str) -> tuple[int, int] | None:
    """Return the lines of a view behind its head, as a slice; None where it is not there.

    Blank lines and remarks before the next head belong to that.
    """
    known, lines = lines_of(text), text.splitlines()
    head = known.get((TABLE, name))
    if head is None:
        return None
    later = (line for path, line in known.items() if path[:2] != (TABLE, name) and line > head)
    end = min(later, default=len(lines) + 1) - 1
    while end > head and (not lines[end - 1].strip() or lines[end - 1].lstrip().startswith("#")):
        end -= 1
    return head, end


def _keys(view: SavedView) -> list[tuple[str, object]]:
    """Return what has to be written of a view, in the order of the file."""
    given = {"queue": view.queue, "where": view.where, "order": view.order, "columns": list(view.columns)}
    found: list[tuple[str, object]] = [(key, value) for key, value in given.items() if value]
    return found if view.digit is None else [*found, ("digit", view.digit)]


def _value(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _key(name: str) -> str:
    return name if _BARE.fullmatch(name) else _value(name)


def _joined(lines: list[str], before: str) -> str:
    end = "\r\n" if "\r\n" in before else "\n"
    return end.join([*lines, ""])
