"""The ordinary cases of the demonstration: as many as are wanted, drawn from a few stories."""

from datetime import timedelta

from workbench import words
from workbench.actions import doing
from workbench.demo.stage import Stage
from workbench.domain import acts, duties
from workbench.domain.cases import Case
from workbench.domain.times import stamp

CALLBACK_FORGOTTEN_HOURS = 60
# Received so many hours ago, in turn: fresh ones, some near their due time, some old.
HOURS_AGO = (0.1, 0.6, 1.4, 2.2, 2.7, 2.93, 3.4, 7, 15, 21, 23.6, 30, 44, 47.2, 52, 90, 170, 260, 420, 760)
STEPS = ("", "take", "take reply", "take reply promise", "take propose", "take reply pause")
HANDLERS = ("he", "luo", "lin")
DECIDES = "deng"  # closes what is too grave for a handler


def work(stage: Stage, index: int, person: str) -> None:
    """Record a case and take it as far as its place in the list says; every fourth one is ``person``'s."""
    case, hours = _record(stage, index)
    plan = STEPS[index % len(STEPS)].split()
    if hours > 20:
        owes_callback = hours < CALLBACK_FORGOTTEN_HOURS and index % 3 == 0
        plan = ["take", "reply", "propose", "close"] + ([] if owes_callback else ["callback"])
    handler = person if index % 4 == 0 else stage.random.choice(HANDLERS)
    for step, act in enumerate(plan, start=1):
        ago = hours - min(hours, 40) * step / (len(plan) + 4)
        case = doing.do(stage.at(ago, handler), act, case.case_id, _fields_of(stage, act))
        if case.owed(duties.APPROVAL.id):
            doing.do(stage.at(ago, DECIDES), acts.APPROVE.id, case.case_id, {})


def _record(stage: Stage, index: int) -> tuple[Case, float]:
    """Return a new case and how many hours ago it was received."""
    stories = stage.fiction["cases"]
    story = stories[index % len(stories)]
    hours = HOURS_AGO[(index * 7) % len(HOURS_AGO)] * stage.random.uniform(0.97, 1.03)
    given = {name: value for name, value in story.items() if name not in words.LANGUAGES}
    given |= {
        "text": story[words.language()],
        "customer": stage.pick(stage.fiction["customers"]),
        "phone": stage.phone(),
        "site": stage.random.choice(stage.sites),
        "unit": stage.home(),
        "mood": str(stage.random.randrange(1, 4)),
    }
    clerk = stage.random.choice(HANDLERS)
    return doing.record(stage.at(hours, clerk), given), hours


def _fields_of(stage: Stage, act: str) -> dict[str, str]:
    """Return what an act says."""
    language, fiction = words.language(), stage.fiction
    soon = stamp(stage.now + timedelta(hours=stage.random.uniform(0.3, 30)))
    texts = {
        "reply": {"text": stage.pick(fiction["replies"][language])},
        "propose": {"text": stage.pick(fiction["outcomes"][language])},
        "promise": {"text": stage.pick(fiction["promises"][language]), "due": soon},
        "pause": {"reason": stage.pick(fiction["promises"][language]), "for": "customer", "until": soon},
        "close": {"outcome": stage.pick(fiction["outcomes"][language]), "accepted": "yes"},
        "callback": {"reached": "yes", "csi": str(stage.random.randrange(3, 6)), "nps": "8", "mood": "4"},
    }
    return texts.get(act, {})
