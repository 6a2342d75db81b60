"""The roads themselves: an act is done as the product does it, and what came of it is read from the store."""

from collections.abc import Callable, Mapping
from contextlib import suppress

from matrix import files
from matrix.axes import has_road
from matrix.expected import ASLEEP, DONE, LOOK, NO_ROAD, NOT_REACHED, REQUEST, STAYS, Answer, sleeps
from matrix.givens import BEFORE, DECIDER, given
from matrix.house import CAMPAIGN
from matrix.scene import Scene

from workbench import actions
from workbench.actions import batch, doing
from workbench.actions.batch import Came
from workbench.domain import acts
from workbench.domain.acts import Undo
from workbench.domain.cases import Event
from workbench.domain.errors import RefusedError, UsageError
from workbench.exchange import importing, mapping_file, vocabulary
from workbench.exchange.sniff import sniff
from workbench.rules import once
from workbench.rules.permissions import refusal
from workbench.setup import campaign_calls
from workbench.words import Said


def prepared(scene: Scene) -> Scene:
    """Return ``scene`` with what its act needs on the case, and what its road needs besides."""
    BEFORE.get(scene.cell.act, lambda scene: None)(scene)
    if scene.cell.road == "approval" and has_road(acts.BY_ID[scene.cell.act], "approval"):
        _ask(scene)
    return scene


def walked(scene: Scene) -> Answer:
    """Return what comes of the cell of a prepared ``scene``."""
    cell = scene.cell
    if not has_road(acts.BY_ID[cell.act], cell.road):
        return NO_ROAD
    if cell.road not in ROADS:
        raise KeyError(f"the road {cell.road!r} is walked by nobody: roads.ROADS")
    try:
        return ROADS[cell.road](scene)
    except UsageError as why:
        return Answer("wrong use", _sentence(why.said))
    except RefusedError as why:
        return Answer("refused", _sentence(why.said))


def _sentence(said: Said) -> str:
    """Return the template of a sentence whose values are words, as a person can read them."""
    strange = [value for value in said.values.values() if not isinstance(value, str | int | Said)]
    return f"{said.template} (no words: {strange})" if strange else said.template


def _act(scene: Scene) -> Answer:
    if scene.cell.act == acts.RECORD.id:
        doing.record(scene.desk, given(actions.of("record"), scene))
        return DONE
    version = scene.case.version
    doing.do(scene.desk, scene.cell.act, scene.key, given(actions.of(scene.cell.act), scene), seen=version)
    return _came_of(scene, version)


def _by_key(scene: Scene) -> Answer:
    """A menu line that is grey says what the act would say."""
    action = actions.of(scene.cell.act)
    grey = refusal(scene.desk, scene.case, action) if action.id != acts.RECORD.id else None
    try:
        found = _act(scene)
    except RefusedError as why:
        said = why.said.template
        if grey and said not in (grey.template, "{name} may read only."):
            return Answer("refused", f"{said} (but the menu says: {grey.template})")
        raise
    return Answer(found.kind, f"(but the menu says: {grey.template})") if grey else found


def _in_bulk(scene: Scene) -> Answer:
    """What is shown before is what comes; a refusal stands in the result of its case."""
    version, act = scene.case.version, scene.cell.act
    typed = given(actions.of(act), scene)
    [foreseen] = batch.foresee(scene.desk, act, [scene.key], typed)
    came = batch.do(scene.desk, act, [scene.key], typed, op=once.op_id(scene.desk))
    [fate] = came.fates
    if (fate.came, str(fate.why)) != (foreseen.came, str(foreseen.why)):
        return Answer(fate.came.value, f"(but it was shown as {foreseen.came.value}: {foreseen.why})")
    if fate.why is not None:
        return Answer("refused", _sentence(fate.why))
    found = _came_of(scene, version)
    asked = fate.came is Came.REQUEST
    return found if asked == (found == REQUEST) else Answer(found.kind, f"(but it says {fate.came.value})")


def _by_file(scene: Scene) -> Answer:
    act, version = scene.cell.act, scene.case.version
    if act == acts.RECORD.id:
        counts = _import(scene, scene.person, act, files.row("new"))
        return DONE if counts.added else NOT_REACHED
    if act == acts.REOPEN.id:
        _import(scene, DECIDER, act, files.row(scene.state, at=files.HAPPENED, words="好了"))
        row = files.row(scene.state)
    elif act == acts.ASSIGN.id:
        row = files.row(scene.state, handler="the-handler")
    else:
        row = files.row(scene.state, at=files.HAPPENED, words="好了")
    counts = _import(scene, scene.person, act, row)
    if counts.rejected:
        return Answer("refused", counts.faults[0][1].template)
    last = scene.timeline[-1]
    return LOOK if last.act == acts.CORRECT.id and "says" in last.data else _came_of(scene, version)


def _import(scene: Scene, person: str, act: str, row: str) -> importing.Counts:
    path = scene.folder / "rows.csv"
    path.write_text(f"{files.HEADER}\n{row}\n", encoding="utf-8")
    file, desk = sniff(path), scene.desk_of(person)
    mapping = mapping_file.parse(
        files.mapping(act), "m.toml", file.headers, vocabulary.of_policy(scene.policy)
    )
    return importing.run(importing.Job(desk, file, mapping))


def _by_campaign(scene: Scene) -> Answer:
    desk, act, no = scene.desk, scene.cell.act, scene.house.contacts[scene.state]
    if act == acts.RECORD.id:
        campaign_calls.record_case(desk, CAMPAIGN, scene.house.contacts["spare"], {"text": "漏水"})
        return DONE
    version = scene.case.version
    if act == acts.REVEAL.id:
        return DONE if campaign_calls.reveal(desk, CAMPAIGN, no).contact.phone else NOT_REACHED
    called = campaign_calls.call(desk, CAMPAIGN, no, {"reached": "yes"})
    heard = [event.by for event in scene.timeline[version:] if event.act == acts.CONTACT.id]
    right = called.contact.calls == 1 and heard == ([scene.person] if scene.case.unsolved else [])
    return DONE if right else NOT_REACHED


def _ask(scene: Scene) -> None:
    """Let the person have asked for the act; it was above somebody's authority then."""
    act = scene.cell.act
    asked = given(actions.of(act), scene)
    if act == acts.PAUSE.id:
        asked["until"] = scene.due_at  # as a plan has read it
    data = {"act": act, "asked": asked, "role": "head-office", "text": ""}
    scene.enter(
        "request-approval", by=scene.person, duty=scene.next_duty, owner=DECIDER, due_at=scene.due_at, **data
    )


def _by_approval(scene: Scene) -> Answer:
    if scene.person not in scene.rules.organisation.members or scene.person == "the-reader":
        return NOT_REACHED
    version = scene.case.version
    doing.do(scene.desk_of(DECIDER), acts.APPROVE.id, scene.key, {})
    new = scene.timeline[version:]
    return (
        DONE
        if any(event.act == acts.APPROVE.id and event.data["act"] == scene.cell.act for event in new)
        else NOT_REACHED
    )


def _undone(scene: Scene) -> Answer:
    try:
        if scene.cell.act == acts.RECORD.id:
            scene.key = doing.record(scene.desk, given(actions.of("record"), scene)).case_id
        else:
            _act(scene)
    except (UsageError, RefusedError):
        return NOT_REACHED
    done = scene.timeline[-1]
    if _late(scene):
        return Answer("done", "(after a day, too)")
    try:
        doing.do(scene.desk, acts.UNDO.id, scene.key, {})
    except RefusedError:
        if acts.BY_ID[done.act].undo is Undo.NEVER:
            return STAYS
        raise
    return DONE if done.seq in _taken_back(scene.timeline) else STAYS


def _late(scene: Scene) -> bool:
    """Say whether it can be taken back a day later; nothing of that stays."""
    with suppress(RefusedError), scene.house.later(hours=24, seconds=1):
        doing.do(scene.desk, acts.UNDO.id, scene.key, {})
        return True
    return False


def _taken_back(timeline: list[Event]) -> set[int]:
    return {event.data["seq"] for event in timeline if event.act == acts.UNDO.id}


def _came_of(scene: Scene, version: int) -> Answer:
    new = [event.act for event in scene.timeline[version:] if event.by == scene.person]
    if scene.cell.act in new:
        return ASLEEP if scene.cell.act == acts.HEARD.id and sleeps(scene) else DONE
    return REQUEST if acts.REQUEST_APPROVAL.id in new else NOT_REACHED


ROADS: Mapping[str, Callable[[Scene], Answer]] = {
    "key": _by_key,
    "verb": _act,
    "bulk": _in_bulk,
    "import": _by_file,
    "campaign": _by_campaign,
    "approval": _by_approval,
    "undo": _undone,
}
