"""The line mode: one conversation, at the list or at one case, until somebody leaves."""

from collections.abc import Callable

from keymaps import Keymap
from screens.drafts import Drafts
from workbench.actions import doing
from workbench.configuration.keymap import in_force
from workbench.configuration.sources import Sources
from workbench.desk import Desk
from workbench.domain import acts, masks
from workbench.domain.errors import WorkbenchError
from workbench.domain.text import gist
from workbench.domain.times import local
from workbench.plain import commands, helping, recording
from workbench.plain.acting import Acting
from workbench.plain.dialling import Dialling
from workbench.plain.dialogue import Back, Dialogue
from workbench.plain.lines import dialogue
from workbench.plain.looking import Looking
from workbench.reports import next_case
from workbench.rules import in_sight
from workbench.words import _

INTERRUPTED = 130


def run(desk: Desk, settings: Sources, *, first: str = "") -> int:
    """Talk until the person leaves, beginning with what the command ``first`` shows; return the exit code.

    Raises:
        KeymapFaultsError: the keymap cannot be used that an option or a variable names.
        StoreError: the store cannot be read.
    """
    keymap, why = in_force(settings)
    drafts = Drafts(desk.store.path, desk.person)
    talking = dialogue()
    if why is not None:
        talking.say(why.shown(masks.in_sentence))
    try:
        return Conversation(desk, talking, keymap, drafts).run(first or "again")
    finally:
        drafts.release()


class Conversation:
    """Who types, where they look, and what they do."""

    def __init__(self, desk: Desk, dialogue: Dialogue, keymap: Keymap, drafts: Drafts) -> None:
        self.desk, self.dialogue, self.keymap = desk, dialogue, keymap
        self.looking = Looking(desk, dialogue, keymap)
        self.passed: set[int] = set()  # cases that "next" has come by, until there is no other
        self.acting = Acting(desk, dialogue, drafts, helping.way(keymap, acts.UNDO.id) or acts.UNDO.id)

    def run(self, first: str = "again") -> int:
        """Talk until the person leaves, beginning with ``first``; return the exit code."""
        zone = self.desk.rules().zone
        self.dialogue.say(f"Workbench; {self.desk.person}; {local(self.desk.now(), zone)}")
        self.dialogue.say(_("? lists what can be typed, q leaves."))
        self.guarded(lambda: self.looking.by_command[first](""))
        while True:
            here = self.looking.case
            try:
                typed = self.dialogue.ask(f"{here.number}> " if here else "> ")
                if not self.guarded(lambda typed=typed: self.step(typed)):  # type: ignore[misc]
                    return 0
            except Back as back:
                if self.looking.case is None and (back.ended or back.stopped):
                    return INTERRUPTED if back.stopped else 0
                self.back()

    def guarded(self, work: Callable[[], bool | None]) -> bool:
        """Do ``work``; what a person can act on becomes a sentence. False once somebody leaves."""
        try:
            return work() is not False
        except WorkbenchError as why:
            self.dialogue.say(why.shown(masks.in_sentence))
            return True

    def step(self, typed: str) -> bool:
        """Do what was typed; False where that is to leave."""
        meant = commands.meant(self.keymap, typed)
        if meant is None:
            said = _('"{typed}" is no line, no case and no command here; ? lists them.')
            self.dialogue.say(said.format(typed=gist(typed, 40)))
        elif meant.command == "quit":
            if self.looking.case is None:
                return False
            self.back()
        elif meant.command == "next":
            self.next()
        elif meant.command == "dial":
            Dialling(self.desk, self.dialogue, self.acting.drafts).run()
        elif meant.command in self.looking.by_command:
            self.looking.by_command[meant.command](meant.rest)
        else:
            self.act(meant.command, meant.rest)
        return True

    def again(self) -> None:
        """Say what is looked at once more."""
        self.looking.again("")

    def back(self) -> None:
        """Go back from a case to the list."""
        if self.looking.case is None:
            self.dialogue.say(_("You are at the list; q leaves."))
            return
        self.looking.case = None
        self.guarded(self.again)

    def next(self) -> None:
        """Go to the most urgent case for this person that it has not come by, taken where nobody held it."""
        if self.looking.case is not None and self.looking.case.handler == self.desk.person:
            self.passed.add(self.looking.case.case_id)
        found = doing.take_first(self.desk, next_case.candidates(self.desk, skipped=self.passed))
        if found is None:
            self.passed.clear()
            self.dialogue.say(_("There is nothing else that you could do now."))
            return
        self.passed.add(found.case.case_id)
        if found.takes:
            self.acting.last = found.case.case_id
            self.dialogue.say(_("{number} is yours now.").format(number=found.case.number))
        self.looking.look_at(found.case.case_id)

    def act(self, command: str, rest: str) -> None:
        """Do an act to the case that is named behind it, or that is looked at."""
        if command == acts.RECORD.id:
            case = recording.record(self.acting, fetch=bool(rest))
            if case is not None:
                self.looking.look_at(case.case_id)
            return
        if command not in acts.PERSONS:
            self.dialogue.say(_("That is for the screens, or a verb of its own; see: workbench help"))
            return
        case_id, seen = self.target(command, rest)
        if case_id is None:
            self.dialogue.say(
                _("Say on which case: the number of its line behind the act, or open it first.")
            )
        elif command == acts.REVEAL.id:
            self.reveal(case_id)
        elif self.acting.begin(command, case_id, seen):
            self.looking.follow(case_id)

    def target(self, command: str, rest: str) -> tuple[int | None, int | None]:
        """Return which case is meant, and the version of it that the person has seen."""
        if rest:
            return self.desk.find(self.looking.number_of(rest)), None
        if command == acts.UNDO.id and self.acting.last is not None:
            last, self.acting.last = self.acting.last, None
            return last, None
        here = self.looking.case
        return (here.case_id, here.version) if here else (None, None)

    def reveal(self, case_id: int) -> None:
        """Say the phone; that goes on record."""
        in_sight.ensure(self.desk, self.desk.case(case_id))
        phone = doing.do(self.desk, acts.REVEAL.id, case_id, {}).phone
        self.dialogue.say(_("{phone} (this is on record)").format(phone=phone or "-"))
        self.looking.follow(case_id)
