"""The keys that throw a draft away and fetch one."""

from collections.abc import Callable

from screens.ask.form import Form
from screens.drafts import Draft
from screens.host import Host
from screens.saving import prepare
from workbench.words import _


class DraftKeys:
    """What somebody does to the draft of the form that is open: ``form`` returns it, ``close`` closes it."""

    def __init__(self, host: Host, form: Callable[[], Form | None], close: Callable[[], None]) -> None:
        self.host, self.form, self.close = host, form, close

    def throw_away(self) -> None:
        """Close the form and forget what was typed; the next such form brings it back once."""
        form = self.form()
        draft = form.draft if form and form.draft_key else {}
        if form and draft:
            self.host.drafts.throw_away(form.draft_key, draft)
            form.put_away = True
        self.close()
        if draft:
            key = self.host.keys.first("form", "fetch")
            self.host.say(_("Thrown away; {key} in the next such form brings it back.").format(key=key))

    def fetch(self) -> None:
        """Fill the form with a draft that waits, or what was thrown away; what stands there waits then."""
        form, drafts = self.form(), self.host.drafts
        if form is None or not form.draft_key:
            return
        key, typed = form.draft_key, form.draft

        def take() -> Draft:
            drafts.save(key, typed)
            return drafts.take_next(key)

        def ready(draft: Draft) -> None:
            if draft:
                form.again(draft)
            else:
                self.host.say(_("No draft waits."))

        prepare(self.host, take, ready)
