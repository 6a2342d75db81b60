"""What an entry of the timeline says, in one or a few lines."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from textual.content import Content

from screens.present import names
from screens.present.ink import SOFT, STRONG, line, lines
from screens.present.names import Names
from screens.queue.columns import cells
from workbench.domain.cases import Event
from workbench.domain.text import clip, gist, mask_numbers, safe_text
from workbench.domain.times import unstamp
from workbench.words import N_, _

# What was said comes first and without a label.
SAID = ("text", "outcome", "reason")
QUIET = (
    "happened_at",
    "text",
    "number",
    "policy",
    "stopped",
    "severity_reasons",
    "hot_reasons",
    "phone",
    "by_time",
)
INDENT = 4  # cells before what an entry says
NAMED = ("kind", "channel", "category", "impact", "flags", "fault", "clock")
LABELS = {
    "to": N_("to"),
    "due_at": N_("due"),
    "until": N_("until"),
    "again_at": N_("again"),
    "level": N_("level"),
    "severity": N_("level"),
    "resolution": N_("resolved"),
    "accepted": N_("accepted"),
    "reached": N_("reached"),
    "csi": N_("satisfaction"),
    "nps": N_("recommendation"),
    "mood": N_("mood"),
    "waits_for": N_("waits for"),
    "channel": N_("channel"),
    "clock": N_("clock"),
    "percent": N_("percent"),
    "cycle": N_("round"),
    "for": N_("waits for"),
    "from": N_("from"),
    "seq": N_("entry"),
    "act": N_("act"),
    "id": N_("promise"),
    "broken": N_("broken"),
    "kind": N_("kind"),
    "category": N_("category"),
    "customer": N_("customer"),
    "site": N_("site"),
    "unit": N_("unit"),
    "people": N_("people"),
    "claim": N_("claim"),
    "impact": N_("impact"),
    "flags": N_("flags"),
    "fault": N_("fault"),
    "hot": N_("hot"),
    "remedy_sought": N_("wants"),
    "received_at": N_("received"),
    "callback_owed": N_("callback owed"),
    "external_id": N_("external id"),
    "source": N_("source"),
    "rule": N_("rule"),
    "complainants": N_("complainants"),
    "newest": N_("newest"),
    "still_a_problem": N_("still a problem"),
    "reopened": N_("reopened"),
    "what": N_("what"),
}


def brief(event: Event, words: Names, width: int) -> Content:
    """Return an entry as one line of at most ``width`` cells or so."""
    head = f"{words.local(event.at)[5:]} {names.person(event.by)} {names.act(event.act)}"
    spoken = (
        mask_numbers(_said(event.data)) or _told(event, words) or _(", ").join(_details(event.data, words))
    )
    room = max(width - cells(head) - 2, 0)
    said = clip(gist(spoken, room), room).rstrip()
    return line((head, SOFT), "  " if said else "", said)


def full(event: Event, words: Names, width: int) -> Content:
    """Return an entry whole: who, when, what, every word and every detail; ``width`` in cells."""
    head = line(
        (words.local(event.at), SOFT),
        "  ",
        (names.act(event.act), STRONG),
        "  ",
        (names.person(event.by), SOFT),
    )
    details = _told(event, words) or _(", ").join(_details(event.data, words))
    body = [safe_text(mask_numbers(_said(event.data)), newlines=True), details]
    wrapped = (row for text in body if text for row in Content(text).wrap(max(width - INDENT, 8)))
    return lines(head, *(row.pad_left(INDENT) for row in wrapped))


def _told(event: Event, words: Names) -> str:
    """Return what time alone brought, in a few words."""
    if event.act != "escalate":
        return ""
    clock = words.named("clock", str(event.data.get("clock", "")))
    return _("{clock} {percent}%, told: {to}").format(
        clock=clock, percent=event.data.get("percent", ""), to=names.word(str(event.data.get("to", "")))
    )


def _said(data: Mapping[str, Any]) -> str:
    return next((str(data[key]) for key in SAID if data.get(key)), "")


def _details(data: Mapping[str, Any], words: Names) -> Iterable[str]:
    spoken = next((key for key in SAID if data.get(key)), None)
    for key, value in data.items():
        if key == spoken or key in QUIET or value is None or value in ("", []) or isinstance(value, dict):
            continue
        label = _(LABELS[key]) if key in LABELS else key.replace("_", " ")
        yield f"{safe_text(label)} {_value(key, value, words)}"


def _value(key: str, value: Any, words: Names) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if key in ("level", "severity"):
        return names.level(int(value))
    if key == "act":
        return names.act(str(value))
    if isinstance(value, list):
        return _(", ").join(_value(key, item, words) for item in value)
    text = str(value)
    at = _instant(text)
    if at is not None:
        return words.local(at)
    return mask_numbers(words.named(key, text) if key in NAMED else names.word(text))


def _instant(text: str) -> datetime | None:
    try:
        return unstamp(text)
    except ValueError:
        return None
