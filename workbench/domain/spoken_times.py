"""Times as they stand in a clause of running text, Chinese and English: by when somebody says it happens.

A time is looked for here, brought into the strict grammar of ``workbench.domain.times``, and read there.
"""

import re
from datetime import UTC, date, datetime, timedelta, tzinfo
from itertools import pairwise

from workbench.domain.errors import UsageError
from workbench.domain.times import ONE_DAY, day_bounds, parse

_LITTLE = 4  # letters beside a time: "at ", "最晚"
EARLIEST_HOUR = 7  # "by 5" and "三点前" without more are said of the afternoon

_NUMBERS = {
    "半": 0.5, "一": 1, "两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9,
    "a couple of": 2, "half an": 0.5, "an": 1, "a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5,
    "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "twelve": 12, "twenty-four": 24,
    "forty-eight": 48, "seventy-two": 72,
}  # fmt: skip
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WEEKDAYS = "mon(?:day)?|tue(?:sday)?|wed(?:nesday)?|thu(?:rsday)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?"
_MONTH = (
    "(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    "|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_N = "(?:[0-9]{1,3}|[一二两三四五六七八九]?十[一二三四五六七八九]?|[半一二两三四五六七八九])"
_EN_N = f"(?:[0-9]{{1,3}}|{'|'.join(word for word in _NUMBERS if word.isascii())}|the(?= hour))"
_ZH_UNIT = "分钟|个?半?小时|个?钟头|个?工作日|天|日|周|个?星期|个?礼拜|个?月"
_SPAN = re.compile(
    f"(?<![0-9第十月])(?P<zh>{_N})(?P<zh_unit>{_ZH_UNIT})(?:之?内|以内|之?后|以后|左右|就|可以|时间|(?=修|解决|完成|办|处理好"
    "|答复|回复|给您|搞定|送|退|换|到))"
    f"|(?:最多|最迟|至多|不超过|再等|再过|预计|给我们?)(?P<most>{_N})(?![0-9])(?P<most_unit>{_ZH_UNIT})(?![0-9]|[0-9一二三四五六七八九十]*[日号])"
    f"|\\b(?:within|in|under|at most|no (?:more|later) than|give (?:us|me)|takes?)(?: the next)?"
    f" (?P<en>{_EN_N})[ -]?"
    r"(?P<en_unit>minutes?|mins?|hours?|hrs?|h|(?:working |business )?days?|weeks?|months?)\b(?! ago)"
)
_VAGUE = re.compile(
    "[这近过]?几[天日](?:之?内|以内)?|[这过]两天|近[日期]"
    "|\\b(?:(?:a|the next|the coming) few days|the coming days)\\b"
)
_DAY = re.compile(
    r"(?P<iso>\b20[0-9]{2}-[0-9]{2}-[0-9]{2})"
    r"|(?:(?P<year>20[0-9]{2})[年/.])?(?<![0-9])(?P<month>1[0-2]|0?[1-9])(?:月|[/-](?=[0-9]))"
    r"(?P<day>[12][0-9]|3[01]|0?[1-9])(?![0-9/-]| ?[点时室栋单房:])[日号]?"
    r"|(?P<zh_month>十[一二]?|[一二三四五六七八九])月(?P<zh_day>三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九])[日号]"
    r"|(?<![0-9])(?P<nth>[12][0-9]|3[01]|[1-9])[号日](?![楼线栋房门])"
    r"|(?P<near>大后天|后[天日]|明[天日早晚儿]|次日|今[天日早晚])"
    r"|(?P<zh_week>下个?|[这本])?(?:周|星期|礼拜)(?P<weekday>[一二三四五六日天末])(?!内)"
    r"|(?P<ends>(?:下个?|[这本]个?)?月[底末]|[这本下]个?月(?!初|[0-9])|[这本下]个?(?:周|星期)(?:[内底]|之内|以内)?|年[底末])"
    rf"|\b(?P<en_day>[0-9]{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<en_month>{_MONTH})\b"
    rf"|\b(?P<en_month2>{_MONTH}) (?P<en_day2>[0-9]{{1,2}})(?:st|nd|rd|th)?(?!:)\b"
    r"|\b(?P<en_near>day after tomorrow|tomorrow|today|tonight|this (?:morning|afternoon|evening))\b"
    rf"|\b(?P<next>next )?(?P<en_week>{_WEEKDAYS})\b"
    rf"|\b(?P<en_ends>end of (?:the|this|next|business)? ?(?:day|week|month|year)"
    rf"|end of {_MONTH}|close of business|cob|eod"
    r"|(?:this|next) (?:week|month)\b|(?:the|this) weekend)\b"
)
_ZH_HOUR = "[0-9]{1,2}|二十[一二三四]?|十[一二三四五六七八九]?|[一二两三四五六七八九]"
_CLOCK = re.compile(
    rf"(?P<zh>{_ZH_HOUR})[点时](?!间|候)(?:(?P<half>半)|(?P<quarter>一刻)|(?P<zh_minute>[0-9]{{1,2}})分?)?"
    r"|(?P<hour>[0-9]{1,2}):(?P<minute>[0-5][0-9])(?![0-9])(?: ?(?P<half_day>[ap])\.?m\b)?"
    r"|\b(?P<en>[0-9]{1,2}) ?(?:(?P<half_day2>[ap])\.?m\b|o'?clock)"
    r"|(?<=\bat )(?P<bare>[0-9]{1,2})(?![0-9:%.])\b"
    r"|(?<=\bby )(?P<by>[0-9]{1,2})(?= (?:this|today|tonight|tomorrow|on)\b|[\s.,!]*$)"
    r"|\b(?P<word>noon|midnight)\b"
)
_AND = re.compile(r"\b(?:and|then|but)\b|[,;、]|并且?|然后|再|接着|随后|同时|且")
_BESIDE_TIMES = re.compile(  # what stands between two days that are one time
    r"[\s,、~/()0-9-]|到|至|或者?|和|与|及|之?[前后内间]|以[前后内]|左右|的|最[晚迟]|日|号|点|分|半"
    r"|\b(?:to|or|and|until|till|through|between|by|on|at|in|before|the|of|latest|week|from)\b"
)
_PARTS = re.compile(
    "凌晨|早上|早晨|[明今]早|上午|午前|中午|下午|午后|傍晚|晚|夜|下班|morning|afternoon|evening|tonight|noon"
)
_PART_ENDS = {"凌晨": 6, "早上": 12, "早晨": 12, "明早": 12, "今早": 12, "上午": 12, "午前": 12, "中午": 14,
              "下午": 18, "午后": 18, "傍晚": 20, "下班": 18, "morning": 12, "afternoon": 18}  # fmt: skip
_LATE_PARTS = ("下午", "午后", "傍晚", "晚", "夜", "afternoon", "evening", "tonight")


def named(clause: str) -> bool:
    """Say whether ``clause`` (lower case, half width) names any time, past or to come."""
    return any(pattern.search(clause) for pattern in (_SPAN, _DAY, _CLOCK, _VAGUE))


def pieces(clause: str) -> list[tuple[int, int]]:
    """Return the parts of ``clause`` (lower case, half width) that each name a time of their own.

    A span from a day to another, one day or another, and a day with its time of day are one.
    """
    found = sorted(hit.span() for pattern in (_SPAN, _DAY) for hit in pattern.finditer(clause))
    cuts = [0]
    for (_start, end), (start, _end) in pairwise(found):
        between = clause[end:start] if start >= end else ""
        if _BESIDE_TIMES.sub("", _PARTS.sub("", _CLOCK.sub("", between))):
            joined = _AND.search(between)
            cuts.append(end + joined.start() if joined else start)
    return list(zip(cuts, [*cuts[1:], len(clause)], strict=True))


def nothing_else(clause: str) -> bool:
    """Say whether ``clause`` names a time and hardly anything else: ``at 5 pm``."""
    found = _last(_DAY, clause) or _last(_CLOCK, clause)
    return found is not None and len(clause.strip(" .。!;")) - len(found[0]) <= _LITTLE


def due(clause: str, now: datetime, zone: tzinfo) -> tuple[bool, datetime | None]:
    """Say whether ``clause`` (lower case, half width) names a time to come, and which (UTC).

    Of several times the last holds; of two numbers the larger ("一两天内"). A day without a time of day is
    due at its end, a part of a day at the end of the part (morning 12:00, afternoon 18:00). Working days
    are Monday to Friday. "In a few days" is a time that nobody can hold us to: None.
    """
    try:
        at = _after_span(clause, now, zone) or _on_a_day(clause, now, zone) or _at_a_clock(clause, now, zone)
    except (ValueError, OverflowError, UsageError):  # the 31st of February, 25 o'clock
        return False, None
    if at is None:
        return bool(_VAGUE.search(clause)), None
    return at > now, at


def _last(pattern: re.Pattern[str], clause: str) -> re.Match[str] | None:
    hits = list(pattern.finditer(clause))
    return hits[-1] if hits else None


# ---------------------------------------------------------------- spans


def _after_span(clause: str, now: datetime, zone: tzinfo) -> datetime | None:
    found = _last(_SPAN, clause)
    if found is None:
        return None
    number = _number(found["zh"] or found["most"] or found["en"])
    unit = found["zh_unit"] or found["most_unit"] or found["en_unit"]
    number += 0.5 if "半" in unit else 0
    if unit.startswith(("分", "min")):
        return now.astimezone(UTC) + timedelta(minutes=number)
    if unit.startswith("h") or unit.endswith(("小时", "钟头")):
        return now.astimezone(UTC) + timedelta(hours=number)
    today = now.astimezone(zone).date()
    return day_bounds(_days_later(today, number, unit), zone)[1]


def _number(text: str) -> float:
    if text == "the":
        return 1
    if text in _NUMBERS:
        return _NUMBERS[text]
    tens, mark, ones = text.partition("十")
    return _NUMBERS.get(tens, 1) * 10 + _NUMBERS.get(ones, 0) if mark else int(text)


def _days_later(today: date, number: float, unit: str) -> date:
    if "工作" in unit or unit.startswith(("working", "business")):
        return _working_day(today, int(number))
    if "月" in unit or unit.startswith("month"):
        from dateutil.relativedelta import relativedelta  # 20 ms that only a reply with months pays

        return today + (relativedelta(months=int(number)) if number >= 1 else timedelta(days=15))
    days = number * (7 if unit.startswith("week") or unit[-1] in "周期拜" else 1)
    return today + timedelta(days=int(days))


def _working_day(day: date, count: int) -> date:
    while count > 0:
        day += ONE_DAY
        count -= day.weekday() < 5
    return day


# ---------------------------------------------------------------- days and times of day


def _on_a_day(clause: str, now: datetime, zone: tzinfo) -> datetime | None:
    found = _last(_DAY, clause)
    if found is None:
        return None
    clock = _clock(clause)
    day = _in_grammar(found, now.astimezone(zone).date())
    return parse(f"{day} {clock}".strip(), now=now, zone=zone, date_means="end")


def _in_grammar(found: re.Match[str], today: date) -> str:
    """Return the day as ``workbench.domain.times`` reads it."""
    if found["iso"]:
        return found["iso"]
    if found["near"]:
        days = {"今": 0, "明": 1, "次": 1, "后": 2, "大": 3}[found["near"][0]]
        return (today + timedelta(days=days)).isoformat()
    if found["weekday"]:
        weekday = "日" if found["weekday"] == "末" else found["weekday"]
        return ("下周" if (found["zh_week"] or "").startswith("下") else "周") + weekday
    if found["en_near"]:
        return {"tomorrow": "tomorrow", "day after tomorrow": "后天"}.get(found["en_near"], "today")
    if found["en_week"]:
        return (found["next"] or "") + found["en_week"]
    if found["ends"] or found["en_ends"]:
        return _end_of(found[0], today).isoformat()
    return _numbered(found, today)


def _numbered(found: re.Match[str], today: date) -> str:
    if found["nth"]:
        day = int(found["nth"])
        return (
            today.replace(day=day) if day >= today.day else _next_month(today).replace(day=day)
        ).isoformat()
    name = found["en_month"] or found["en_month2"]
    month = _MONTHS.index(name[:3]) + 1 if name else int(_number(found["month"] or found["zh_month"]))
    day = int(_number(found["en_day"] or found["en_day2"] or found["day"] or found["zh_day"]))
    year = f"{found['year']}-" if found["year"] else ""
    return f"{year}{month:02}-{day:02}"


def _end_of(words: str, today: date) -> date:
    """Return the last day of the span that ``words`` name: a day, a week up to Sunday, a month, a year."""
    later = words.startswith("下") or "next" in words
    if words[7:10] in _MONTHS:  # end of November
        month = date(today.year, _MONTHS.index(words[7:10]) + 1, 1)
        return (
            _next_month(month if month.month >= today.month else month.replace(year=today.year + 1)) - ONE_DAY
        )
    if "month" in words or "月" in words:
        return _next_month(_next_month(today) if later else today) - ONE_DAY
    if "week" in words or "周" in words or "星期" in words:
        return today + timedelta(days=6 - today.weekday() + 7 * later)
    return date(today.year, 12, 31) if "year" in words or "年" in words else today


def _next_month(day: date) -> date:
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def _clock(clause: str) -> str:
    """Return the time of day that a clause names as ``HH:MM``; empty for none."""
    found, part = _last(_CLOCK, clause), _last(_PARTS, clause)
    late = part is not None and part[0] in _LATE_PARTS
    if found is None:
        end = _PART_ENDS.get(part[0]) if part else None
        return f"{end:02}:00" if end else ""
    if found["word"]:
        return "12:00" if found["word"] == "noon" else ""
    zh, half_day = found["zh"], found["half_day"] or found["half_day2"]
    hour = int(_number(zh)) if zh else int(found["hour"] or found["en"] or found["bare"] or found["by"])
    minute = (
        30 if found["half"] else 15 if found["quarter"] else int(found["minute"] or found["zh_minute"] or 0)
    )
    if half_day:
        hour = hour % 12 + (12 if half_day == "p" else 0)
    elif hour < 12 and (late or (part is None and hour < EARLIEST_HOUR and not found["minute"])):
        hour += 12
    return f"{hour:02}:{minute:02}" if hour < 24 else ""


def _at_a_clock(clause: str, now: datetime, zone: tzinfo) -> datetime | None:
    """Return the next time that clocks show what a clause names without a day."""
    clock = _clock(clause) if _CLOCK.search(clause) else ""
    if not clock:
        return None
    at = parse(f"today {clock}", now=now, zone=zone)
    part = _PARTS.search(clause)
    return at if at > now or part else parse(f"tomorrow {clock}", now=now, zone=zone)
