"""What can be typed, a line each: the acts with letter and name, then what can be looked at."""

from collections.abc import Iterator

from keymaps import DOORS, Keymap
from screens.present import topics
from workbench import actions
from workbench.desk import Desk
from workbench.domain.cases import Case
from workbench.plain.commands import LOOKING, MENU
from workbench.words import _


def lines(keymap: Keymap) -> Iterator[str]:
    """Yield the help."""
    yield _("A number opens a case of the list; the end of a case number, three signs or more, any other.")
    yield _("An empty line shows again what you look at; ! goes back one step, and stores nothing.")
    yield _("An act is named by letter or name, for the case you look at or with a number: reply 3.")
    for action in actions.every():
        yield f"{way(keymap, action.id)}  {_(action.title)} ({action.id}): {_(action.help)}".lstrip()
    for name, (sign, called, said) in LOOKING.items():
        keys = " ".join(dict.fromkeys(filter(None, (sign, letter(keymap, "queue", name)))))
        yield f"{keys}  {_(called)}: {_(said)}".lstrip()
    yield _("One act on many cases is for the shell: workbench bulk ACT QUEUE; shown first, done with --yes.")
    yield _("In a form an empty line takes what stands in brackets, or leaves the field out.")


def way(keymap: Keymap, act: str) -> str:
    """Return the letter of an act, behind a comma where it stands in the menu; empty if it has none."""
    if key := letter(keymap, "queue", act):
        return key
    key = letter(keymap, "more", act)
    return f"{MENU} {key}" if key else ""


def letter(keymap: Keymap, context: str, command: str) -> str:
    """Return the first key of a command that is one sign; empty if it has none."""
    return next((key for key in keymap.keys(context, command) if len(key) == 1), "")


def menu(desk: Desk, case: Case | None, keymap: Keymap) -> Iterator[str]:
    """Yield the further acts: what is likely next first; what cannot be done says why."""
    topic = ""
    for each in topics.menu(desk, case, lambda act: act in keymap.contexts["more"] and act not in DOORS):
        if each.topic != topic:
            topic = each.topic
            yield f"{_(topic)}:"
        said = f"- {each.why_not}" if each.why_not else each.help
        yield f"{way(keymap, each.id)}  {each.title} ({each.id}): {said}"
