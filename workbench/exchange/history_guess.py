"""Whether a file tells several rows of a case, and which columns then say what happened, when and by whom."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from workbench.exchange.guesses import Columns, inside, ranked, score

CASES = ("case", "ticket", "incident", "request", "工单", "个案")  # what may stand for its id
STATES = ("activity", "activities", "event", "event type", "action", "操作", "动作", "环节", "节点", "事件",
          "步骤", "status", "state", "状态", "stage", "step", "concept name")  # fmt: skip
WHO = ("resource", "operator", "performed by", "actor", "agent", "user", "操作人", "处理人", "经办人",
       "执行人", "人员", "staff", "handler", "by", "assignee", "author")  # fmt: skip
WORDS = ("comment", "comments", "note", "notes", "remark", "remarks", "备注", "说明", "内容", "意见", "详情",
         "情况", "description", "details", "text", "message")  # fmt: skip
SUBJECTS = ("case title", "title", "subject", "summary", "主题", "标题", "诉求", "问题", "内容", "描述",
            "详情", "description", "narrative")  # fmt: skip
UNIQUE = 0.75  # of the ids are different: a row is a case
TOLD_APART = 0.9  # of the rows by id, time and state
CONSTANT = 0.98  # of the rows have what the first row of their case has


@dataclass(slots=True)
class HistoryGuess:
    """The columns of a history."""

    id: str
    time: str
    state: str = ""
    who: str = ""
    words: str = ""
    subject: str = ""  # what the case is about

    @property
    def taken(self) -> set[str]:
        """The columns that have a part in it."""
        return {self.id, self.time, self.state, self.who, self.words, self.subject}


def guess_history(columns: Columns, timed: Sequence[str]) -> HistoryGuess | None:
    """Return the columns of a history; None if a row is a case.

    Args:
        columns: The filled cells of each.
        timed: Those that hold times.
    """
    rows = max(map(len, columns.values()), default=0)
    full = [name for name, cells in columns.items() if len(cells) == rows > 2]
    named = [name for name in full if name not in timed]
    names = ranked("external_id", named) or [name for name in named if name.strip().lower() in CASES]
    unique = next((name for name in names if _different(columns[name]) > UNIQUE), "")
    found = next((name for name in names if _repeats(columns[name])), "")
    times = [name for name in timed if name in full]
    if not found or not times or (unique and score(unique, "external_id") >= score(found, "external_id")):
        return None
    ids = columns[found]
    time = max(times, key=lambda name: len(set(zip(ids, columns[name], strict=True))))
    guess = HistoryGuess(found, time)
    others = [name for name in columns if name not in timed and name not in (found, unique)]
    varying = [name for name in others if not same_in_case(ids, columns[name])]
    whose = [name for name in others if any(inside(word, name) for word in WHO)]
    guess.state = _named(STATES, [name for name in varying if name in full and name not in whose])
    guess.words = _named(WORDS, [name for name in varying if name != guess.state])
    guess.who = _named(WHO, [name for name in whose if name != guess.words])
    guess.subject = _named(SUBJECTS, [name for name in others if name not in {*varying, *guess.taken}])
    told = [ids, columns[time], *([columns[guess.state]] if guess.state else [])]
    apart = len(set(zip(*told, strict=True)))
    return guess if (guess.state or guess.words) and apart >= TOLD_APART * rows else None


def same_in_case(ids: Sequence[str], cells: Sequence[str]) -> bool:
    """Tell whether a column says the same in all rows of a case: then it is a fact of the case."""
    if len(cells) != len(ids):
        return False
    first: dict[str, str] = {}
    same = sum(first.setdefault(name, cell) == cell for name, cell in zip(ids, cells, strict=True))
    return same >= CONSTANT * len(ids)


def _different(cells: Sequence[str]) -> float:
    return len(set(cells)) / max(len(cells), 1)


def _repeats(cells: Sequence[str]) -> bool:
    """Tell whether ids stand in several rows, and there are several ids."""
    return 1 < len(set(cells)) <= UNIQUE * len(cells)


def _named(words: Iterable[str], names: Sequence[str]) -> str:
    """Return the column whose headline has the first of some words; empty if none has any."""
    return next((name for word in words for name in names if inside(word, name)), "")
