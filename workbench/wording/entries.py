"""What an entry of a timeline says, as plain text: for the screens and for ``show``."""

from collections.abc import Mapping, Sequence
from typing import Any

from workbench.domain import acts, duties
from workbench.domain.cases import DOUBT, Event
from workbench.domain.policies import name_of
from workbench.domain.text import safe_text
from workbench.policy.page.words import duration
from workbench.wording import names
from workbench.wording.details import details
from workbench.wording.names import Names
from workbench.words import _

REQUEST = "request-approval"


def title_of(event: Event) -> str:
    """Return what an entry is called, and where nobody impartial was left to do it, that too."""
    title = _called(event)
    return _("{act}, not impartial").format(act=title) if event.data.get("not_impartial") else title


def _called(event: Event) -> str:
    """Return what is done: an account may only be asked for, a person passes up, not time."""
    if event.act == acts.ACCOUNT.id and "duty" in event.data:
        return _("Account asked for")
    if event.act == acts.ESCALATE.id and "clock" not in event.data:
        return _("Passed up")
    if event.act == acts.RETURN.id and event.data.get("kind") == duties.REQUEST.id:
        return _("Nobody took up the request")
    return names.act(event.act)


def brought(act: str, timeline: Sequence[Event], version: int) -> Event | None:
    """Return the entry that ``act`` has made, newest of ``version``: itself, or a request for approval."""
    newest_first = reversed(timeline[:version])
    return next((event for event in newest_first if event.act in (act, REQUEST)), None)


def beyond_words(event: Event, words: Names) -> str:
    """Return what an entry holds besides what was said: what time brought, or every detail."""
    said = (_judged(event), _by_time(event, words) or _(", ").join(details(event.data, words)))
    return _(", ").join(part for part in (*said, timed(event, words)) if part)


def timed(event: Event, words: Names) -> str:
    """Return what the time of an entry is worth, where it is not simply what the machine's clock said."""
    if event.read_at and event.timed == DOUBT:
        return _("clock in doubt: it said {at}").format(at=words.local(event.read_at))
    if event.read_at:
        return _("the clock said {at}").format(at=words.local(event.read_at))
    if event.timed == DOUBT:
        return _("clock in doubt")
    return ""


def _judged(event: Event) -> str:
    """Return what was found of the clock, and how much went with it."""
    if event.act != acts.JUDGE.id:
        return ""
    if event.data.get("word") == "accepted":
        return _("the clock is accepted, the verdicts stand")
    return _("the clock was wrong; taken back: {n}").format(n=len(event.data.get("undone", ())))


def _by_time(event: Event, words: Names) -> str:
    """Return what time alone brought, in a few words."""
    data = event.data
    if event.act == acts.WARN.id:
        return _warning(str(data.get("kind", "")), data.get("fact"))
    if event.act == acts.ALERT.id:
        return _alerted(data, words)
    if event.act != acts.ESCALATE.id or "clock" not in data:
        return ""
    step = str(data.get("step") or f"{data.get('percent', '')}%")
    people = _(", ").join(safe_text(str(name)) for name in data.get("informed") or ())
    return _("{clock} {step}, told: {to}").format(
        clock=words.named("clock", str(data["clock"])),
        step=step,
        to=people or words.whom(str(data.get("to", ""))),
    )


def _alerted(data: Mapping[str, Any], words: Names) -> str:
    name = name_of(words.policy.regime.alerts, str(data.get("alert", "")))
    people = [safe_text(str(person)) for person in data.get("informed") or ()]
    people = people or [words.whom(str(to)) for to in data.get("to") or ()]
    return _("{alert}, told: {to}").format(alert=safe_text(name), to=_(", ").join(people))


def _warning(kind: str, fact: Any) -> str:
    if kind == "silence" and isinstance(fact, int):
        return _("the customer has heard nothing for {span}").format(span=duration(fact))
    return f"{names.word(kind)} {fact}"
