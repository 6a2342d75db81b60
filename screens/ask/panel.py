"""Where questions are asked: one at a time, under the case that they are about."""

from textual.containers import Vertical, VerticalScroll

from screens.standing import stand
from workbench.words import _

MENUS = ("more", "palette", "views")  # lists of what can be done: they take the lines of the list


class Question(Vertical):
    """Something that is asked, and can be answered by key from anywhere in it."""

    stored = True  # whether its answer is stored, and a draft of it kept

    def submit(self) -> None:
        """Take what was filled in."""
        raise NotImplementedError

    def keep_draft(self) -> None:
        """Keep what was typed, where a draft is kept."""

    def declined(self) -> None:
        """Do what follows where nobody answers."""

    def hints(self) -> list[tuple[str, str]]:
        """Return the keys that do something in it, and what: those of a form."""
        return [("Tab", _("next field")), (_("Left/Right"), _("choose"))]


class AskPanel(VerticalScroll, can_focus=False):
    """Holds the one thing that is being asked; ``kind`` names the keys that hold meanwhile."""

    kind = ""
    _question: Question | None = None

    def open(self, kind: str, question: Question) -> None:
        """Ask ``question`` instead of whatever was asked."""
        self.remove_children()
        self.kind, self._question = kind, question
        self.mount(question)
        self.add_class("-open")
        stand(self.screen, asking=True, menu=kind in MENUS)

    def close(self) -> None:
        """Ask nothing."""
        self.kind = ""
        self.remove_children()
        self.remove_class("-open")
        stand(self.screen, asking=False, menu=False)

    @property
    def question(self) -> Question | None:
        """What is being asked; None if nothing is."""
        return self._question if self.kind else None
