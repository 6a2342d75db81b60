"""What a column probably is: by the words of its headline, and by what its cells look like."""

import re
from collections.abc import Iterable, Sequence

from workbench.exchange import whens

# Headline words by role, the most telling first. A word of letters must stand alone; Chinese may be inside.
HEADLINES: dict[str, tuple[str, ...]] = {
    "external_id": ("external id", "编号", "单号", "工单号", "流水号", "case id", "case enquiry id",
        "complaint id", "ticket id", "unique key", "reference", "number", "id", "key", "no"),
    "received_at": ("留言时间", "投诉时间", "受理时间", "登记时间", "来电时间", "创建时间",
        "提交时间", "报事时间", "open dt", "open date", "opened", "created date", "created",
        "date received", "received", "reported", "submitted", "投诉日期", "受理日期", "日期",
        "时间"),
    "target": ("应办结时间", "截止时间", "到期时间", "要求完成时间", "期限", "target dt",
        "target close date", "target", "due date", "due", "deadline", "sla"),
    "closed_at": ("办结时间", "关闭时间", "结案时间", "完成时间", "结单时间", "closed dt",
        "close date", "closed date", "closed", "resolved", "completed", "solved"),
    "replied_at": ("答复时间", "回复时间", "反馈时间", "reply time", "replied", "response date"),
    "status": ("状态", "case status", "status", "state"),
    "on_time": ("ontime status", "on time", "ontime", "是否及时", "是否超时"),
    "outcome": ("处理结果", "办理结果", "结案说明", "处理意见", "closure reason",
        "closure comments", "resolution description", "resolution", "outcome", "closure"),
    "reply": ("答复意见", "答复内容", "回复内容", "答复", "回复", "reply", "official response"),
    "text": ("主题", "标题", "留言详情", "投诉内容", "内容", "详情", "描述", "诉求", "问题",
        "case title", "title", "subject", "narrative", "description", "complaint type",
        "descriptor", "case topic", "topic", "issue", "summary", "text", "details", "reason",
        "type"),
    "customer": ("留言用户", "客户姓名", "业主姓名", "投诉人", "联系人", "姓名", "客户", "业主",
        "用户", "customer", "name", "complainant"),
    "phone": ("联系电话", "手机号", "手机", "电话", "phone", "mobile", "telephone", "tel"),
    "site": ("小区", "项目", "楼盘", "园区", "site", "project", "neighborhood", "borough",
        "community"),
    "unit": ("房号", "房间", "单元", "地址", "unit", "room", "full address", "address",
        "incident address", "location"),
    "channel": ("渠道", "来源", "投诉方式", "channel", "source", "report source", "submitted via"),
    "category": ("类别", "分类", "投诉类型", "category", "categories"),
    "kind": ("工单类型", "诉求类型", "kind"),
    "people": ("涉及人数", "人数", "people"),
    "claim": ("索赔金额", "金额", "claim"),
    "handler": ("处理人", "经办人", "负责人", "跟进人", "handler", "assignee", "assigned to"),
}  # fmt: skip
NOT_THAT = {  # words that speak against a role
    "closed_at": ("photo", "reason", "target"),
    "outcome": ("date", "time", "dt", "hours", "days"),
    "customer": ("service", "company", "agency", "street", "park", "highway", "user id"),
    "received_at": ("closed", "close", "target", "due", "答复", "办结"),
    "text": (
        "submitted photo",
        "photo",
        "答复",
        "address type",
        "location type",
        "facility",
        "vehicle",
        "channel",
    ),
    "unit": ("type", "zip", "geocoded"),
    "external_id": ("zip", "phone", "user"),
    "channel": ("reason",),
    "status": ("ontime",),
}
CLOSED_WORDS = ("closed", "close", "resolved", "done", "completed", "complete", "solved", "settled",
                "已办结", "办结", "已关闭", "关闭", "已结案", "结案", "已完成", "完成", "已结单")  # fmt: skip
CHANNEL_WORDS = {  # part of a source's word -> our channel, the first that fits
    "12345": "hotline-12345", "热线": "hotline-12345", "wechat": "wechat", "微信": "wechat",
    "weibo": "weibo", "微博": "weibo", "twitter": "weibo", "qq": "qq", "app": "app", "mobile": "app",
    "移动": "app", "短信": "sms", "sms": "sms", "mail": "email", "邮": "email", "信函": "letter",
    "来信": "letter", "letter": "letter", "前台": "front-desk", "门店": "front-desk", "上门": "visit",
    "来访": "visit", "visit": "visit", "论坛": "forum", "forum": "forum", "留言": "forum",
    "回访": "callback", "web": "self-service", "online": "self-service", "self": "self-service",
    "网": "self-service", "自助": "self-service", "phone": "phone", "call": "phone", "电话": "phone",
    "来电": "phone",
}  # fmt: skip
FORMATS = (
    whens.ISO, "%Y-%m-%d %H:%M:%S", "%Y/%m/%d %H:%M:%S", "%Y/%m/%d %H:%M", "%Y-%m-%d %H:%M",
    "%Y年%m月%d日 %H:%M:%S", "%Y年%m月%d日 %H:%M", "%Y年%m月%d日 %H时%M分",
    "%m/%d/%Y %I:%M:%S %p", "%m/%d/%Y %I:%M %p", "%m/%d/%Y %H:%M:%S", "%m/%d/%Y %H:%M",
    "%d/%m/%Y %H:%M:%S", "%d/%m/%Y %H:%M", "%Y/%m/%d %H:%M:%S.%f", "%d.%m.%Y %H:%M:%S", "%d.%m.%Y %H:%M",
    "%Y-%m-%d", "%Y/%m/%d", "%Y年%m月%d日", "%Y.%m.%d", "%m/%d/%Y", "%d/%m/%Y", "%m/%d/%y", "%d.%m.%Y",
)  # fmt: skip
MOST_FORMATS = 4
MOSTLY = 0.9  # of the cells that hold anything

_PHONE = re.compile(r"(?:\+?86)?[- ]?1[3-9][0-9]{9}|0[0-9]{2,3}[- ]?[0-9]{7,8}")
_COMPILED = [whens.compiled(written) for written in FORMATS]

Columns = dict[str, list[str]]  # headline -> the cells that hold anything


def _score(headline: str, role: str) -> int:
    """Return how well a headline fits a role; 0 if it does not. Earlier words and whole headlines win."""
    plain = re.sub(r"[\W_]+", " ", headline.lower()).strip()
    if any(_inside(word, plain) for word in NOT_THAT.get(role, ())):
        return 0
    for place, word in enumerate(HEADLINES[role]):
        if plain == word:
            return 200 - place
        if _inside(word, plain):
            return 100 - place
    return 0


def _inside(word: str, plain: str) -> bool:
    """Tell whether ``word`` is in a headline: Chinese anywhere, letters as words of their own."""
    return f" {word} " in f" {plain} " if word.isascii() else word in plain


def ranked(role: str, names: Iterable[str]) -> list[str]:
    """Return the headlines that fit a role, the best first; equals in the order of the file."""
    scored = [(_score(name, role), name) for name in names]
    return [name for points, name in sorted(scored, key=lambda pair: -pair[0]) if points]


def formats_for(cells: Sequence[str]) -> list[str]:
    """Return the formats that read most of the cells, the most useful first; none if they are no times.

    A format that fits more cells is taken before one that fits fewer, so that a day of 13 or more
    settles whether the month stands first.
    """
    left = [cell.strip() for cell in cells]
    found: list[str] = []
    while left and len(found) < MOST_FORMATS:
        fits = [(sum(form.parse(cell) is not None for cell in left), form) for form in _COMPILED]
        most, best = max(fits, key=lambda pair: pair[0])  # the first of equals
        if not most:
            break
        found.append(best.written)
        left = [cell for cell in left if best.parse(cell) is None]
    return found if len(left) <= (1 - MOSTLY) * len(cells) else []


def looks_like_phones(cells: Sequence[str]) -> bool:
    """Tell whether most cells are phone numbers of China."""
    return bool(cells) and sum(bool(_PHONE.fullmatch(cell.strip())) for cell in cells) >= MOSTLY * len(cells)


def channel_of(value: str) -> str:
    """Return the channel that a source's word probably means; empty if it says nothing."""
    plain = value.lower()
    return next((channel for word, channel in CHANNEL_WORDS.items() if word in plain), "")


def is_closed_word(value: str) -> bool:
    """Tell whether a status probably means that the case was closed."""
    return value.strip().lower() in CLOSED_WORDS
