"""What callers say, made from a seed: who rings, about what, and what the clerk does about it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random

SURNAMES, GIVEN = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗", "伟芳娜敏静丽强磊洋艳勇军杰娟涛明超秀英华"
SITES = ("云栖花园1期", "金色家园", "翡翠湾2期", "临江苑", "松涛里", "滨河公馆B区")
WHAT = (
    "厨房漏水",
    "电梯停运",
    "楼上装修吵闹",
    "地下车库积水",
    "门禁失灵",
    "外墙脱落",
    "垃圾没人清",
    "暖气不热",
)
SINCE = ("已经{n}天了", "从{n}号开始", "前后报过{n}次", "停了{n}个小时", "一共{n}户都这样")
MORE = (
    "没有人来修，也没有人回电话。", "孩子才2岁，晚上睡不着！", "物业说“再等等”，等到什么时候？", "请给个准话；今天之内。",
    "上次的师傅姓{name}，说要换 DN25 的管子。", "费用 128.50 元是谁出？", "我住{unit}，家里有老人（82岁）。",
)  # fmt: skip
TOLD = (
    "已请工程部{n}点前上门",
    "已派师傅查看，{n}号回话",
    "主管{name}会在今天联系您",
    "备件到货要{n}天，到了就装",
)
DONE = (
    "已更换水管并试压{n}分钟",
    "电梯已恢复，检测合格{n}项",
    "已清理完毕，共{n}车",
    "已与楼上约定{n}点后不施工",
)
STILL = ("又坏了，和上次一样", "还是老样子，第{n}次了", "修过之后更严重，{n}处都漏")
NEXT = ("可以找街道办{name}", "可以再打我们的电话转{n}")
CATEGORIES = (
    "construction-quality", "planning-design", "sales-management", "property-management", "staff-conduct",
    "repair-service", "commercial-leasing", "external-environment", "other",
)  # fmt: skip
KINDS = ("complaint", "repair", "inquiry", "suggestion", "opinion", "praise")
RESOLUTIONS = ("full", "limited", "none")
PLAIN, SPOT, WHOLE, AGAIN, MATTER = (
    "recorded",
    "answered at once",
    "to the end",
    "rings twice",
    "another matter",
)
STORIES = (PLAIN, SPOT, WHOLE, AGAIN, PLAIN, SPOT, WHOLE, MATTER)


@dataclass(frozen=True)
class Call:
    """One call, as the script has it; what was left empty is not said."""

    story: str
    phone: str
    said: dict[str, str]  # by field of the record
    acts: tuple[tuple[str, dict[str, str]], ...] = ()  # what the clerk does afterwards, by field
    is_pasted: bool = False  # the words come out of another window
    before: "Call | None" = field(default=None, repr=False)  # whose matter it is

    @property
    def case(self) -> "Call":
        """Return the call that began the case."""
        return self.before if self.story == AGAIN and self.before else self


def script(n: int, seed: int) -> list[Call]:
    """Return ``n`` calls; the same for the same seed."""
    chance = Random(seed)
    phones = [f"138{number:08}" for number in chance.sample(range(10**8), n)]
    calls: list[Call] = []
    for at, phone in enumerate(phones):
        story = STORIES[at % len(STORIES)]
        twice = {call.phone for call in calls if call.story == MATTER}  # two open cases: which one is meant?
        open_ones = [call for call in calls if call.story == PLAIN and call.phone not in twice]
        before = chance.choice(open_ones[-3:]) if story in (AGAIN, MATTER) else None
        calls.append(_call(chance, at, story, before.phone if before else phone, before))
    return calls


def _call(chance: Random, at: int, story: str, phone: str, before: Call | None) -> Call:
    words = _words(chance, at)
    if story == AGAIN:
        return Call(story, phone, {"text": words}, before=before)
    said = {"text": words}
    if story == SPOT:
        said |= _closing(chance, at)
    if story == MATTER and before:  # where it is comes with the phone
        said |= {"customer": _name(chance)} | {name: before.said[name] for name in ("site", "unit")}
    else:
        said |= _who(chance)
    said |= {"kind": chance.choice(KINDS[:3]), "category": chance.choice(CATEGORIES)}
    acts = tuple(_acts(chance, at, said["kind"])) if story == WHOLE else ()
    return Call(story, phone, said, acts, at % 5 == 2, before)


def _who(chance: Random) -> dict[str, str]:
    unit = f"{chance.randint(1, 30)}-{chance.randint(1, 4)}-{chance.randint(101, 2804)}"
    return {"customer": _name(chance), "site": chance.choice(SITES), "unit": unit}


def _acts(chance: Random, at: int, kind: str) -> Iterator[tuple[str, dict[str, str]]]:
    yield "reply", {"text": _line(chance, at, TOLD)}
    yield "close", _closing(chance, at)
    if kind != "inquiry":  # of which no callback is owed
        yield "callback", {"reached": "True", "csi": str(chance.randint(1, 5))}
    if chance.random() < 0.6:
        yield "reopen", {"reason": _line(chance, at, STILL)}


def _closing(chance: Random, at: int) -> dict[str, str]:
    """Return how a case is closed; where it is not solved, the caller hears what else there is."""
    given = {"outcome": _line(chance, at, DONE), "resolution": chance.choice(RESOLUTIONS)}
    return given | ({"next": _line(chance, at, NEXT)} if given["resolution"] == "none" else {})


def _words(chance: Random, at: int) -> str:
    said = [
        f"{chance.choice(WHAT)}，",
        chance.choice(SINCE),
        "。",
        *chance.sample(MORE, chance.randint(0, 4)),
    ]
    return f"第{at + 1}通：" + _filled(chance, "".join(said))


def _line(chance: Random, at: int, lines: tuple[str, ...]) -> str:
    return _filled(chance, chance.choice(lines)) + f"（{at + 1}）。"


def _filled(chance: Random, text: str) -> str:
    unit = f"{chance.randint(1, 30)}-{chance.randint(101, 2804)}"
    return text.format(n=chance.randint(2, 30), name=_name(chance), unit=unit)


def _name(chance: Random) -> str:
    return chance.choice(SURNAMES) + "".join(chance.sample(GIVEN, chance.randint(1, 2)))
