"""Each use by key and its verb: what a command of the keymap is on the command line, and what only a screen is.

A new command, pane or verb goes here; ``tests/screens/test_parity.py`` names whatever is missing. A twin is
written as it is typed: the verb, then places (in capitals, or a value) and options, which are checked too.
"""

from collections.abc import Mapping

Twins = Mapping[str, tuple[str, ...]]

# ids of commands that are of the screen alone, in whatever context, each with the reason
OF_THE_SCREEN: Mapping[str, str] = {
    **dict.fromkeys(("down", "up", "top", "bottom", "page_down", "page_up"), "moves the cursor"),
    "next_queue": "goes to a neighbour; a verb names its queue",
    "previous_queue": "goes to a neighbour; a verb names its queue",
    "next_list": "goes to a neighbour; a verb names its calls",
    "previous_list": "goes to a neighbour; a verb names its calls",
    "next_figure": "goes to a neighbour; a verb prints all of them, each with its list",
    "previous_figure": "goes to a neighbour; a verb prints all of them, each with its list",
    "pane": "moves the keys from the list to the card beside it",
    "cancel": "goes back one step",
    "quit": "goes back one step, or leaves",
    "refresh": "reads and draws again; a verb always reads",
    "copy_number": "puts what every verb prints into the clipboard of the terminal",
    "submit": "stores what is being filled in; a verb is complete when it is typed",
    "fetch": "a draft is a form that was left; a shell keeps its own lines",
    "throw_away": "a draft is a form that was left; a shell keeps its own lines",
    "again": "fills in what was typed last; a shell recalls its own lines",
    "more": "a menu of acts, each of which has its verb",
    "palette": "a menu of commands, each of which stands here",
}
TWINS: Mapping[str, Twins] = {
    "queue": {
        "open": ("show NUMBER",),
        "next": ("next",),
        "filter": ("list --where FIELD=VALUE",),
        "find": ("search TEXT",),
        "help": ("help TOPIC",),
        "decide": ("inbox",),
        "why": ("why NUMBER",),
        "reveal": ("show NUMBER --reveal",),
        "mark": ("bulk ACT --numbers N",),
        "mark_range": ("bulk ACT --numbers N",),
        "mark_all": ("bulk ACT QUEUE --where FIELD=VALUE --yes",),
        "dial": ("dial",),
        "board": ("board",),
        "views": ("views list", "views remove NAME", "views check"),
        "save_view": ("views save NAME",),
        "export": ("export FILE --queue QUEUE --where FIELD=VALUE",),
        "queue.1": ("list next-due",),
        "queue.2": ("list mine",),
        "queue.3": ("list unassigned",),
        "queue.4": ("list overdue",),
        "queue.5": ("list callbacks",),
        "queue.6": ("list promises",),
        "queue.7": ("list waiting",),
        "queue.8": ("list hot",),
        "queue.9": ("list waiting-for-us",),
        "queue.10": ("list all",),
    },
    "more": {
        "open": ("help TOPIC",),  # does the act of its line, which has a verb of its name
        "campaigns": ("campaign list",),
        "customer": ("customer NUMBER",),
        "receipt": ("receipt NUMBER",),
        "evidence": ("attach NUMBER --open ID",),
        "day": ("day",),
        "undoable": ("undo --list",),
        "warnings": ("warning list",),
        "dial": ("dial",),
        "tour": ("demo --tour",),
        "keymap": ("config set keymap VALUE",),
        "theme": ("config set theme VALUE",),
        "settings": ("config set NAME VALUE", "config show"),
    },
    "form": {
        "not_repeat": ("record --not-repeat",),
        "join": ("heard NUMBER --text TEXT",),
        "help": ("help TOPIC",),
    },
    "campaign": {
        "open": ("campaign show NAME", "campaign call NAME ID --reached YES|NO"),
        "case": ("campaign call NAME ID --record-case",),
        "reveal": ("dial --reveal",),
        "help": ("help TOPIC",),
    },
    "desk": {
        "open": ("approve NUMBER", "accept NUMBER", "answer NUMBER", "confirm NUMBER", "seen NUMBER", "tell NUMBER",
                 "warning accept NO", "warning answer NO"),
        "refuse": ("refuse NUMBER", "warning dismiss NO"),
        "read": ("show NUMBER",),
        "seen_all": ("seen NUMBER",),
        "hand_over": ("handover --to STAFF",),
        "help": ("help TOPIC",),
    },
    "board": {
        "open": ("list QUEUE --where FIELD=VALUE",),
        "help": ("help TOPIC",),
    },
    "dial": {
        "reached": ("callback NUMBER --reached yes", "campaign call NAME ID --reached yes"),
        "not_reached": ("callback NUMBER --reached no", "campaign call NAME ID --reached no"),
        "later": ("callback NUMBER --reached no --again TIME", "campaign call NAME ID --reached no --again TIME"),
        "refused": ("profile NUMBER --consent no",),
        "skip": ("dial --skip",),
        "undo": ("undo NUMBER",),
        "reveal": ("dial --reveal",),
        "help": ("help TOPIC",),
    },
    "help": {
        "search": ("help TEXT",),
        "next_hit": ("help TEXT",),
        "previous_hit": ("help TEXT",),
    },
}  # fmt: skip
"""Context: command: its verbs. An act of the registry is not named: its verb is called like it."""

OF_ACTS: Mapping[str, str] = {
    "reveal": "show NUMBER --reveal",
    "audit": "audit score NUMBER",
    "warning": "warning accept NO",
}
"""The acts whose verb is called otherwise than they are."""

NO_KEY: Mapping[str, str] = {
    **dict.fromkeys(("demo", "init", "where", "doctor"), "before there is a screen, or instead of one"),
    **dict.fromkeys(("check", "backup", "restore", "sweep", "clock accept", "clock reject"),
                    "care of the store, by whoever runs it, cron too"),
    **dict.fromkeys(("summary", "analyze", "training", "kpi", "review"), "a page of figures, to print or to send"),
    **dict.fromkeys(("audit draw", "audit sheet", "audit list"), "by the month, with a sheet; a score is given by key"),
    **dict.fromkeys(("import", "exports list"), "files of whoever runs the store"),
    **dict.fromkeys(("person export", "person erase", "person restrict", "retention"),
                    "the rights of a person, on request, by the head"),
    **dict.fromkeys(("policy list", "policy show", "policy check", "policy simulate", "policy use", "calendar check",
                     "calendar set", "calendar import", "staff list", "staff add", "staff away", "staff back",
                     "staff remove", "staff recover", "staff log", "log list", "units list", "units add",
                     "units remove", "sites list", "sites add", "keys list", "keys check", "keys export",
                     "completion", "man", "config init", "config check"),
                    "set up by the head of the house, once"),
    **dict.fromkeys(("campaign new", "campaign next", "campaign export", "campaign close"),
                    "a list of customers comes from a file, and goes into one"),
    **dict.fromkeys(("warning plan", "warning unplan"), "planned days ahead"),
    **dict.fromkeys(("phrases check", "templates list"), "words, for the one who writes them"),
    "group": "stands on the page of the case",
}  # fmt: skip
"""Verbs without a key, each with the reason."""
