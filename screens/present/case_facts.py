"""The facts of a case as lines: its heading, then what is known, each under its label."""

from collections.abc import Iterator

from textual.content import Content

from screens.present.dossier import Dossier
from screens.present.duty_lines import ended_promises
from screens.present.facts import fact
from screens.present.ink import KEY, LATE, NEAR, SOFT, STRONG, TITLE, line
from workbench.domain import masks, severity
from workbench.domain.cases import Case
from workbench.domain.passing import passed
from workbench.domain.policies import Rules
from workbench.domain.text import mask_numbers, safe_text
from workbench.rules import binding
from workbench.wording import names
from workbench.wording.names import Names
from workbench.words import N_, _

PASSED = {
    "handoffs": N_("hand-offs: {n}"),
    "refused": N_("refused: {n}"),
    "returned": N_("came back: {n}"),
    "not_theirs": N_("not theirs: {n}"),
}


def headline(case: Case) -> Content:
    """Return number, level, hot mark and status."""
    hot = [("  " + _("hot"), LATE)] if case.hot else []
    repeat = [("  " + _("repeat"), LATE)] if case.repeat else []
    return line(
        (safe_text(case.number), TITLE),
        ("  " + names.level(case.severity), LATE if case.severity <= 2 else STRONG),
        *hot,
        *repeat,
        ("  " + names.status(case.status), SOFT),
    )


def written_on(dossier: Dossier) -> Iterator[Content]:
    """Yield who else writes on the case right now; nothing for nobody."""
    if dossier.writing:
        yield line((dossier.writing, NEAR))


def facts(dossier: Dossier, width: int) -> Iterator[Content]:
    """Yield the facts of the case; what is not known takes no line."""
    for label, text, style in _facts(dossier, width):
        yield from fact(label, text, style, width)
    yield from ended_promises(dossier.case, dossier.words, width)


def _facts(dossier: Dossier, width: int) -> Iterator[tuple[str, str, str]]:
    case, words = dossier.case, dossier.words
    phone = safe_text(dossier.phone or masks.of(case, "phone"))
    yield _("What"), f"{words.named('kind', case.kind)} / {words.named('category', case.category)}", ""
    customer = safe_text(masks.of(case, "customer"))
    yield _("Customer"), f"{customer}  {phone}".strip(), KEY if dossier.phone else ""
    yield _("Where"), safe_text(f"{masks.of(case, 'site')} {masks.of(case, 'unit')}".strip()), ""
    yield _("Received at"), f"{words.local(case.received_at)}  {words.named('channel', case.channel)}", ""
    yield _("Handler"), _handler(case), ""
    yield _("Graver by"), _("; ").join(_reasons(case, dossier.rules)), ""
    yield _("Binds still"), safe_text(str(binding.said(dossier.rules, case) or "")), LATE
    yield _("Claim"), _("{amount} yuan").format(amount=case.claim) if case.claim else "", ""
    yield _("People"), "" if case.people is None else str(case.people), ""
    yield _("Wants"), safe_text(masks.of(case, "remedy_sought")), ""
    yield _("Waits for"), _waiting(case, words), ""
    yield _("Outcome"), safe_text(masks.shown("outcome", short(case.outcome or "", width * 2))), ""
    yield _("Last told"), words.local(case.last_told_at) if case.last_told_at else "", ""
    yield _("For us since"), words.local(case.unanswered_since) if case.unanswered_since else "", LATE
    yield _("Repeat of"), safe_text(case.repeat_of or ""), ""


def _handler(case: Case) -> str:
    if not case.handler:
        nobody = _("nobody; first asked: {name}").format(name=safe_text(case.first_asked))
        return f"{nobody}  {_passed(case)}".strip()
    return f"{safe_text(case.handler)}  {_passed(case)}".strip()


def _passed(case: Case) -> str:
    """Return in which ways the customer was passed on; nothing where that never happened."""
    counts = passed(case).as_json().items()
    return _(", ").join(_(PASSED[name]).format(n=n) for name, n in counts if n)


def _reasons(case: Case, rules: Rules) -> Iterator[str]:
    reasons = (*case.severity_reasons, *case.hot_reasons)  # one fact may bring both
    said = (str(severity.sentence(reason, rules.policy)) for reason in reasons)
    yield from dict.fromkeys(safe_text(each) for each in said)


def _waiting(case: Case, words: Names) -> str:
    if case.pause is None:
        return ""
    return _("{whom} until {until}: {reason}").format(
        whom=names.word(case.pause.waits_for),
        until=words.until(case.pause.until),
        reason=safe_text(mask_numbers(case.pause.reason)),
    )


def short(text: str, length: int) -> str:
    """Return ``text`` on one line of at most ``length`` signs."""
    flat = " ".join(text[: 4 * length].split())
    return flat if len(flat) <= length else flat[: length - 3] + "..."
