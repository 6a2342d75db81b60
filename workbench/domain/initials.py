"""The initials of Chinese names in pinyin, by which they are searched: 沈岚 is found by ``sl``.

A character that has several readings in names gives several runs: 曾 is ``z`` as a surname, else ``c``.
What this gives is kept in the index of searches: it may never change without a migration that makes it anew.
"""

from functools import lru_cache
from itertools import islice, product

from workbench.domain.regexes import later
from workbench.domain.text import fold

LONGEST = 16  # characters of a run
MOST_RUNS = 8  # of one name
_PART = later("[0-9a-z\u4e00-\u9fff]+")
_SEVERAL = (  # a character, and the letters of its readings in names, the likeliest first
    "单sd 曾zc 区qo 仇qc 解xj 查zc 翟zd 覃qt 朴p 尉wy 万wm 乐ly 盖g 召zs 句jg 隗wk 缪m 种cz 折sz "
    "褚c 晟sc 茜qx 颉jx 长cz 重cz 行hx 朝cz 都d 厦xs 藏cz 弹td 调dt 会hk 降jx 参cs 盛s 省sx 校xj "
    "番fp 蔚wy 泊bp 堡bp 埔pb 浚jx 宿sx 沈s"
)
_letters: dict[int, str | None] = {}
_several: dict[str, str] = {}


@lru_cache(4096)
def runs(name: str) -> tuple[str, ...]:
    """Return the initials of each part of ``name`` that has Chinese in it and two characters or more.

    Letters and digits among them stand for themselves: 碧水湾A区 is ``bswaq`` and ``bswao``.
    """
    if name.isascii():
        return ()
    if not _letters:
        _read()
    found = (run for part in _PART.findall(fold(name)) if not part.isascii() for run in _of(part[:LONGEST]))
    return tuple(islice(dict.fromkeys(run for run in found if len(run) > 1), MOST_RUNS))


def _of(part: str) -> list[str]:
    if _several.keys().isdisjoint(part):
        return [part.translate(_letters)]
    readings = (_several.get(each) or each.translate(_letters) or " " for each in part)
    return ["".join(each).replace(" ", "") for each in islice(product(*readings), MOST_RUNS)]


def _read() -> None:
    """Read the table, which only a Chinese name needs."""
    from workbench.domain.initial_letters import LETTERS

    letters = LETTERS.replace("\n", "")
    _letters.update({code: None if letter == "." else letter for code, letter in enumerate(letters, 0x4E00)})
    _several.update({each[0]: each[1:] for each in _SEVERAL.split()})
