"""The part of a mapping that says what a row tells where a file has several of a case."""

from collections.abc import Mapping as Table
from typing import Any

from workbench.exchange.mapping import CASES, ENTRY_ACTS, HISTORY, KEYS, ROWS, History, key_of
from workbench.exchange.mapping_doc import Doc
from workbench.words import N_

OF_A_CASE = ("target", "closing", "entries")  # what belongs to a row that is a whole case
NAMED = {"id": "external_id", "time": "received_at"}


def history_of(doc: Doc, top: Table[str, Any]) -> History | None:
    """Return what a row of a history tells; None where a row is a case."""
    if doc.one_of(("rows",), top.get("rows", CASES), ROWS) != HISTORY:
        if "history" in top:
            doc.fault(("history",), N_('is read only with rows = "history".'))
        return None
    for name in OF_A_CASE:
        if name in top:
            doc.fault((name,), N_('does not go with rows = "history"; see [history].'))
    table = doc.table(("history",), top.get("history", {}), KEYS["history"])
    found = History(
        state=doc.column(("history", "state"), table["state"]) if "state" in table else "",
        who=doc.column(("history", "who"), table["who"]) if "who" in table else "",
        words=doc.columns(("history", "words"), table["words"]) if "words" in table else (),
        closed=frozenset(
            key_of(doc.text(place, item))
            for place, item in doc.items(("history", "closed"), table.get("closed", []))
        ),
        acts=_acts_of(doc, table.get("acts", {})),
    )
    if not found.state and not found.words:
        doc.fault(("history",), N_("needs state or words: what a row tells."))
    if (found.closed or found.acts) and not found.state:
        doc.fault(("history",), N_("closed and acts are values of state, which is missing."))
    return found


def _acts_of(doc: Doc, given: object) -> dict[str, str]:
    """Return which act each state is."""
    place = ("history", "acts")
    if not isinstance(given, dict):
        doc.fault(place, N_("must be a table, not {value}."), value=str(given)[:40])
        return {}
    return {key_of(state): doc.one_of((*place, state), act, ENTRY_ACTS) for state, act in given.items()}


def with_steps(doc: Doc, top: Table[str, Any]) -> Table[str, Any]:
    """Return the table of fields with the columns of id and time that the history names."""
    fields, history = top.get("fields", {}), top.get("history", {})
    if not isinstance(fields, dict) or not isinstance(history, dict):
        return fields if isinstance(fields, dict) else {}
    for name, fact in NAMED.items():
        if name in history and fact in fields:
            doc.fault(("history", name), N_("stands under [fields] as {fact} too."), fact=fact)
    return {**{fact: history[name] for name, fact in NAMED.items() if name in history}, **fields}
