"""What keys can do beside the acts of a case: moving, looking, asking for help."""

from collections.abc import Iterable, Mapping

from workbench.words import N_

MOVING: dict[str, str] = {
    "down": N_("Next line"),
    "up": N_("Line before"),
    "top": N_("First line"),
    "bottom": N_("Last line"),
    "page_down": N_("One page down"),
    "page_up": N_("One page up"),
}

QUEUE: dict[str, str] = {
    "open": N_("Open the case"),
    "next": N_("The most urgent case for you; it is taken"),
    "filter": N_("Filter"),
    "find": N_("Find in all cases"),
    "help": N_("Help"),
    "palette": N_("All commands"),
    "more": N_("More acts"),
    "decide": N_("Desk of decisions"),
    "dial": N_("Dialler: whom to ring, one after another"),
    "board": N_("Board: how things stand"),
    "next_queue": N_("Next queue"),
    "previous_queue": N_("Previous queue"),
    **{f"queue.{place}": N_("Queue on this key, or the saved view in its place") for place in range(1, 11)},
    "down": N_("Next case"),
    "up": N_("Previous case"),
    "top": N_("First case"),
    "bottom": N_("Last case"),
    "page_down": N_("One page down"),
    "page_up": N_("One page up"),
    "pane": N_("Other pane"),
    "why": N_("Why this level and these times"),
    "mark": N_("Mark the case, or take the mark away"),
    "mark_range": N_("Mark from the last mark to here"),
    "mark_all": N_("Mark every case of this view"),
    "again": N_("The last act once more, on this case"),
    "reveal": N_("Show the phone number (is logged)"),
    "copy_number": N_("Copy the case number"),
    "export": N_("Export this view"),
    "views": N_("Saved views"),
    "save_view": N_("Save this view"),
    "refresh": N_("Read again"),
    "quit": N_("Quit"),
}
FORM: dict[str, str] = {
    "submit": N_("Save"),
    "cancel": N_("Cancel"),
    "not_repeat": N_("No second complaint; again: one after all"),
    "join": N_("The same matter: put the words onto the open case of the phone"),
    "fetch": N_("Fetch a draft that waits, or what was thrown away"),
    "throw_away": N_("Throw away what was typed"),
    "help": N_("Help"),
}
CAMPAIGN: dict[str, str] = {
    "open": N_("Open a campaign, or the answers of a contact"),
    "case": N_("Record a case from an unhappy answer"),
    "reveal": N_("Show the phone number (is logged)"),
    "refresh": N_("Read again"),
    "cancel": N_("Back"),
    "help": N_("Help"),
    **MOVING,
}
DOORS: dict[str, str] = {  # lines of the menu that act on no case
    "customer": N_("Customer's page"),
    "receipt": N_("Receipt"),
    "evidence": N_("Evidence"),
    "day": N_("My day"),
    "undoable": N_("Undo list"),
    "warnings": N_("Early warnings"),
    "campaigns": N_("Callback campaigns"),
    "tour": N_("Tour"),
    "dial": N_("Dialler"),
    "keymap": N_("Keymap"),
    "theme": N_("Colours"),
    "settings": N_("Settings"),
}
MORE: dict[str, str] = {
    **DOORS,
    "open": N_("Do what is under the cursor"),
    **MOVING,
}
DIAL: dict[str, str] = {
    "reached": N_("Reached: the answers"),
    "not_reached": N_("Not reached: the rule says when again"),
    "later": N_("Busy, or later: when"),
    "refused": N_("Does not wish to be called"),
    "skip": N_("Pass over; others may ring them"),
    "undo": N_("Take the last outcome back"),
    "reveal": N_("Show the phone number (is logged)"),
    "next_list": N_("Other calls: all, callbacks, opinions, campaigns"),
    "previous_list": N_("Other calls, backwards"),
    "refresh": N_("Read again"),
    "cancel": N_("Back"),
    "help": N_("Help"),
    **MOVING,
}
DESK: dict[str, str] = {
    "open": N_("Answer what is under the cursor"),
    "refuse": N_("Refuse it"),
    "read": N_("Read the case"),
    "seen_all": N_("Mark everything told as seen"),
    "hand_over": N_("Hand over all"),
    "refresh": N_("Read again"),
    "cancel": N_("Back"),
    "help": N_("Help"),
    **MOVING,
}
HELP: dict[str, str] = {
    "search": N_("Find in the help: keys, commands and topics, in both languages"),
    "next_hit": N_("Next place that was found"),
    "previous_hit": N_("Place before that was found"),
}
BOARD: dict[str, str] = {
    "open": N_("List the cases of the figure"),
    "next_figure": N_("Next figure"),
    "previous_figure": N_("Figure before"),
    "refresh": N_("Count anew"),
    "cancel": N_("Back"),
    "help": N_("Help"),
    **MOVING,
}
LISTS = ("campaign", "desk", "dial", "board")
"""The contexts of lists in place of the queue: what they do not know is a key of the queue."""

ALIKE: Mapping[str, str] = {"cancel": "quit", "case": "record"}
"""What means the same in such a list as something else in the queue."""

CONTEXTS = {
    "queue": QUEUE, "more": MORE, "form": FORM, "campaign": CAMPAIGN, "desk": DESK, "dial": DIAL,
    "board": BOARD, "help": HELP,
}  # fmt: skip


def known(acts: Iterable[str]) -> dict[str, frozenset[str]]:
    """Return the ids that a keymap may give keys to, by context; ``acts`` are those of the registry.

    An act stands among the keys of the queue, or in the menu behind ``more``, or in both.
    """
    own = {context: frozenset(commands) for context, commands in CONTEXTS.items()}
    return own | {context: own[context] | frozenset(acts) for context in ("queue", "more")}


def acts_of(known: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """Return the acts among what ``known`` gave."""
    return known["queue"] & known["more"] - QUEUE.keys() - MORE.keys()
