"""What an entry of a timeline holds: what was said, and every other value with its label."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from workbench.domain import facts, masks
from workbench.domain.text import safe_text
from workbench.domain.times import unstamp
from workbench.wording import names
from workbench.wording.names import Names
from workbench.words import N_, _

# What was said comes first and without a label.
SAID = ("text", "outcome", "reason")
ENDS = ("due_at", "until")  # times at which something ends: of a day, its 24:00
QUIET = (
    "happened_at", "text", "number", "policy", "stopped", "severity_reasons", "hot_reasons", "phone",
    "by_time", "phrases", "duty", "duties", "notices", "case_id", "person", "sha256", "kept", "key", "rose",
    "owner", "no_offer_told", "not_impartial", "binds", "verdicts", "undone", "word", "wrong",
)  # fmt: skip
NAMED = (
    *facts.where(lambda fact: bool(fact.terms) and fact is not facts.KIND),  # other things have kinds, too
    "clock", "standard", "cause", "role", "temperament", "style", "motive", "met", "failed",
)  # fmt: skip
MEANT = ("to", "decision", "verdict")  # ids that stand for somebody or something, or a name
LABELS = {fact.name: fact.inline for fact in facts.BY_NAME.values() if fact.inline} | {
    "to": N_("to"),
    "instead_of": N_("standing in for"),
    "not_theirs": N_("not theirs"),
    "over_limit": N_("longer than the limit"),
    "informed": N_("told"),
    "next_step": N_("next step"),
    "next": N_("the customer may"),
    "told": N_("the customer was told"),
    "engineer": N_("engineer"),
    "missed": N_("missed"),
    "head": N_("head"),
    "members": N_("members"),
    "dissolved": N_("dissolved"),
    "step": N_("tier"),
    "of": N_("of"),
    "on": N_("on"),
    "standard": N_("standard"),
    "cause": N_("cause"),
    "role": N_("for"),
    "amount": N_("yuan"),
    "asked_by": N_("asked by"),
    "no_offer": N_("said to be no offer"),
    "within_warranty": N_("inside the warranty"),
    "warranty_until": N_("warranty until"),
    "name": N_("file"),
    "size": N_("bytes"),
    "building": N_("building"),
    "same_as": N_("as on"),
    "temperament": N_("temperament"),
    "style": N_("style"),
    "motive": N_("motive"),
    "consent": N_("may be called"),
    "warning": N_("warning"),
    "decision": N_("decision"),
    "met": N_("yes"),
    "failed": N_("no"),
    "due_at": N_("due"),
    "until": N_("until"),
    "again_at": N_("again"),
    "again_asked": N_("moved into calling hours from"),
    "repeat_of": N_("repeat of"),
    "times": N_("times in all"),
    "again": N_("the same matter again"),
    "no_answer": N_("no answer wanted"),
    "level": N_("level"),
    "as_level": N_("decided as"),
    "bound": N_("graver until now"),
    "elsewhere": N_("yuan to the same customer or home elsewhere"),
    "reached": N_("reached"),
    "waits_for": N_("waits for"),
    "clock": N_("clock"),
    "percent": N_("percent"),
    "cycle": N_("round"),
    "for": N_("waits for"),
    "from": N_("from"),
    "seq": N_("entry"),
    "act": N_("act"),
    "id": N_("promise"),
    "broken": N_("broken"),
    "callback_owed": N_("callback owed"),
    "opinion_owed": N_("opinion owed"),
    "progress": N_("about progress"),
    "rule": N_("rule"),
    "complainants": N_("complainants"),
    "newest": N_("newest"),
    "still_a_problem": N_("still a problem"),
    "reopened": N_("reopened"),
    "what": N_("what"),
    "imported_at": N_("imported"),
    "accused": N_("complained about"),
    "released": N_("no longer held by"),
    "receiver": N_("what they owed goes to"),
}
SETTLED = {  # how a promise or a visit ended, instead of a label with yes or no
    ("broken", False): N_("kept"),
    ("broken", True): N_("broken"),
    ("missed", False): N_("came as agreed"),
    ("missed", True): N_("nobody came"),
}


def words_of(data: Mapping[str, Any]) -> str:
    """Return what a person said or wrote, as it came."""
    return next((str(data[key]) for key in SAID if data.get(key)), "")


def details(data: Mapping[str, Any], words: Names) -> Iterable[str]:
    """Yield everything else that an entry holds, each with its label."""
    spoken = next((key for key in SAID if data.get(key)), None)
    was = data.get("was") or {}
    for key, value in data.items():
        if key == "asked":  # what was asked for, or granted
            yield from details({**value, "text": ""}, words)
        if key == spoken or key in QUIET or value is None or value in ("", []) or isinstance(value, dict):
            continue
        if isinstance(value, bool) and (key, value) in SETTLED:
            yield _(SETTLED[key, value])
            continue
        label = _(LABELS[key]) if key in LABELS else key.replace("_", " ")
        if key == "id" and "amount" in data:
            label = _("sum")
        before = _(" (was {value})").format(value=_value(key, was[key], words)) if was.get(key) else ""
        yield f"{safe_text(label)} {_value(key, value, words)}{before}"


def _value(key: str, value: Any, words: Names) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if key in ("level", "severity", "as_level", "bound") or (key == "from" and isinstance(value, int)):
        return names.level(int(value))
    if key == "act":
        return names.act(str(value))
    if isinstance(value, list):
        return _(", ").join(_value(key, item, words) for item in value)
    text = str(value)
    at = _instant(text)
    if at is not None:
        return words.until(at) if key in ENDS else words.local(at)
    return masks.shown(key, _word(key, text, words))


def _word(key: str, text: str, words: Names) -> str:
    if key == "kind" and text in words.policy.kinds:
        return words.named("kind", text)
    if key in NAMED:
        return words.named(key, text)
    return words.whom(text) if key in MEANT else names.word(text)


def _instant(text: str) -> datetime | None:
    try:
        return unstamp(text)
    except ValueError:
        return None
