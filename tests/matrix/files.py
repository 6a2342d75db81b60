"""The files of the import road: one row a case, and the columns that bring an act."""

from collections.abc import Mapping

from matrix.axes import FROM_COLUMNS, STATES

from workbench.domain import acts

HEADER = "id,received,text,customer,phone,site,category,flags,at,words,handler"
MAPPED = """
source = "matrix"
clocks = "policy"
[times]
formats = "%Y-%m-%d %H:%M"
zone = "Asia/Shanghai"
[fields]
external_id = "id"
received_at = "received"
text = "text"
customer = "customer"
phone = "phone"
site = "site"
category = "category"
flags = "flags"
"""
BRINGS: Mapping[str, str] = {
    "record": "",
    "close": '[closing]\nat = "at"\noutcome = "words"\n',
    "reopen": '[closing]\nat = "at"\noutcome = "words"\n',
    "assign": "",
}
RECEIVED, HAPPENED = "2026-11-21 10:00", "2026-11-21 11:00"
NAMES = ("other", "head", "spare", *STATES, "new")


def row(name: str, *, at: str = "", words: str = "", handler: str = "") -> str:
    """Return the row of the case ``name``: the same facts every time."""
    phone = f"1380013{NAMES.index(name):04d}"
    site = "湖畔" if name == "unit" else "金色家园"
    flags = "media" if name in ("grave", "corrected") else ""
    facts = (name, RECEIVED, "厨房漏水", "王芳", phone, site, "construction-quality", flags)
    return ",".join((*facts, at, words, handler))


def mapping(act: str) -> str:
    """Return the mapping of a file that brings ``act``.

    Raises:
        KeyError: nothing is known of how a file brings it.
    """
    if acts.BY_ID[act].imported:
        return MAPPED + f'[[entries]]\nact = "{act}"\nat = "at"\ntext = "words"\n'
    if act not in BRINGS or act not in FROM_COLUMNS:
        raise KeyError(f"{act}: no column is known that brings it: files.BRINGS")
    if act == acts.ASSIGN.id:
        return MAPPED.replace('flags = "flags"', 'flags = "flags"\nhandler = "handler"')
    return MAPPED + BRINGS[act]
