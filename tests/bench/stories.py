"""What befalls a case in a store made for measuring: texts of varied length, and about six entries."""

from datetime import datetime, timedelta
from random import Random
from typing import Any

from workbench.domain import upcoming
from workbench.domain.cases import Case, Event
from workbench.domain.clock_verdicts import stopped_by
from workbench.domain.history import apply, fold
from workbench.domain.policies import Rules
from workbench.domain.times import stamp
from workbench.rules.levels import judged

DAY = 86_400
OPEN_DAYS, DONE_DAYS = 30, 730
WORDS = (
    "漏水 电梯 停运 保安 态度 停车费 装修 押金 噪音 扰民 门窗 开裂 墙面 空鼓 暖气 不热 维修 师傅 迟到 爽约 承诺 未兑现"
    " 物业费 乱收费 绿化 垃圾 异味 车位 被占 门禁 失灵 水管 爆裂 断电 宽带 销售 合同 违约 交房 延期 规划 变更 消防 通道"
    " 地下室 渗水 瓷砖 脱落 烟道 串味 路灯 损坏 健身 器材 儿童 摔伤 楼道 堆物 电动车 充电 飞线 宠物 伤人 快递 丢失"
    " 会所 关闭 样板间 不符 面积 误差 贷款 利率 定金 退还 延迟 回复 推诿 多次 联系 无人 处理 结果 不满意 要求 赔偿"
).split()
BETWEEN = "我你他的了在不有这就也都和很再但又被给让从到对没已还请尽快今天昨天上周三五两次号元"
MARKS = "，。，、；！"
SURNAMES, GIVEN = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗", "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平"
CATEGORIES = (
    "construction-quality",
    "property-management",
    "repair-service",
    "staff-conduct",
    "sales-management",
)
SITES = [
    f"{name}{number}期" for name in ("云栖花园", "临江一号", "梧桐里", "南山雅苑") for number in range(1, 51)
]
BRIEF, FULL = (2, 7), (8, 17)  # words of a note, of a complaint


def text(dice: Random, length: tuple[int, int] = FULL) -> str:
    """Return a Chinese text; some words are common, others rare."""
    said = []
    for _ in range(dice.randrange(*length)):
        at = dice.random()
        said.append(WORDS[int(at * at * len(WORDS))])
        if dice.random() < 0.55:
            said.append(dice.choice(BETWEEN))
        if dice.random() < 0.22:
            said.append(dice.choice(MARKS))
    if dice.random() < 0.5:
        said.append(f"报修单{dice.randrange(10**8):08d}")
    return "".join(said) + "。"


def person(dice: Random) -> dict[str, str]:
    """Return a customer, and where they live."""
    return {
        "customer": dice.choice(SURNAMES) + dice.choice(GIVEN) + dice.choice(GIVEN),
        "phone": f"13{dice.randrange(10**9):09d}",
        "site": dice.choice(SITES),
        "unit": f"{dice.randrange(1, 40)}-{dice.randrange(101, 3204)}",
    }


def received_ago(dice: Random, is_open: bool) -> int:
    """Return how many seconds ago a case was received: two years for those that are done."""
    return dice.randrange(60, (OPEN_DAYS if is_open else DONE_DAYS) * DAY)


class Teller:
    """Tells cases by the rules of a store; where it was ``swept``, with what time has brought by ``now``."""

    def __init__(self, site_id: int, rules: Rules, now: datetime, dice: Random, *, swept: bool) -> None:
        self.site_id, self.rules, self.now, self.dice, self.swept = site_id, rules, now, dice, swept

    def story(self, case_id: int, number: str, at: datetime, is_open: bool) -> tuple[Case, list[Event]]:
        """Return a case and its timeline."""
        case, told = self._recorded(case_id, number, at)
        acts = self._acts(told[0].by, is_open)
        span = (
            (self.now - at) if is_open else timedelta(seconds=self.dice.random() ** 9 * 12 * DAY)
        )  # most within hours
        for place, (act, given) in enumerate(acts, start=1):
            then = min(at + span * (place / (len(acts) + is_open)) ** 2, self.now)  # soon, and then seldom
            case = self._passed(case, told, then)
            stopped = stopped_by(case, act, given, then, self.rules)
            data = given | ({"stopped": stopped} if stopped else {})
            told.append(Event(case.version + 1, max(then, told[-1].at), told[0].by, act, data))
            case = apply(case, told[-1], self.rules)
        return self._passed(case, told, self.now), told

    def _recorded(self, case_id: int, number: str, at: datetime) -> tuple[Case, list[Event]]:
        dice = self.dice
        data: dict[str, Any] = person(dice) | {
            "text": text(dice), "kind": "complaint", "channel": "phone", "category": dice.choice(CATEGORIES),
            "fault": "ours", "flags": [], "impact": dice.choice((None, None, "looks", "partly")), "people": None,
            "mood": None, "claim": None, "received_at": stamp(at), "callback_owed": True, "number": number, "policy": 1,
        }  # fmt: skip
        first = Event(1, at, f"h{dice.randrange(60):02d}", "record", data)
        case = fold(self.site_id, case_id, [first], self.rules)
        first = Event(1, at, first.by, "record", data | judged(case, self.rules.policy))
        return fold(self.site_id, case_id, [first], self.rules), [first]

    def _acts(self, by: str, is_open: bool) -> list[tuple[str, dict[str, Any]]]:
        dice = self.dice
        acts: list[tuple[str, dict[str, Any]]] = [("take", {"to": by})] if dice.random() < 0.7 else []
        for act in ("reply", "note")[: dice.randrange(3)]:
            acts.append((act, {"text": text(dice, BRIEF)}))
        if is_open:
            return acts
        closing = {"outcome": text(dice, BRIEF), "resolution": "full", "accepted": "yes"}
        rated = {"reached": True, "csi": dice.randrange(1, 6), "nps": dice.randrange(0, 11)}
        return [*acts, ("close", closing), ("callback", rated)]

    def _passed(self, case: Case, told: list[Event], until: datetime) -> Case:
        """Return the case with what the sweeps have written on it by ``until``, each at its time."""
        if not self.swept:
            return case
        while (coming := upcoming.next_moment(case, self.rules)) and coming.at <= until:
            data = coming.data | {"happened_at": stamp(coming.at)}
            event = Event(case.version + 1, max(coming.at, told[-1].at), upcoming.SYSTEM, coming.act, data)
            case = apply(case, event, self.rules)
            told.append(event)
        return case
