"""A policy text that uses every table and every key of a regime, and what else its tests share."""

import pytest

from workbench.policy import loading
from workbench.policy.regime import TABLES

BARE = f'extends = "default"\nwithout = {list(TABLES)}\n'.replace("'", '"')

ROLES = """
[tiers]
project = { zh = "项目", en = "Project" }
company = { zh = "公司", en = "Company" }
group = { zh = "集团", en = "Group" }

[roles]
reader = { zh = "只读", en = "Reader", may = [] }
handler = { zh = "经办人", en = "Handler", tier = "project", may_not = ["press", "staff"], compensates = "500.00", closes = 3 }
supervisor = { zh = "主管", en = "Supervisor", may = ["take", "close"], closes = 4 }
manager = { zh = "经理", en = "Manager", tier = "company", closes = 2 }
head-office = { zh = "总部", en = "Head office", tier = "group", compensates = "any", closes = 1 }
"""
FULL = f"""\
extends = "default"
without = ["tiers", "roles", "duties", "nodes", "standards", "causes", "phrases", "templates", "temperaments", "styles", "motives", "goals"]
{ROLES}
[duties.promise]
name = {{ zh = "承诺", en = "Promise" }}
target = "24h"
calendar = "office"
escalate = [{{ percent = 50, to = "owner" }}, {{ percent = 100, to = "supervisor" }}, {{ overrun = "2h", to = "group" }}]
source = "S1"

[nodes.reception]
name = {{ zh = "客户接待", en = "Reception" }}
until = "handler"
source = "S2"

[nodes.inspection]
name = {{ zh = "现场验看", en = "Inspection" }}
until = "inspection"
needs = ["handler"]
gate = true
skip = ["sales-management"]
kinds = ["complaint", "repair"]
roles = ["handler"]
target = "4h"
calendar = "always"
by_level = {{ 1 = "2h" }}
by_category = {{ other = "3h" }}
escalate = [{{ percent = 75, to = "first-asked" }}, {{ overrun = "2h", to = "company" }}]
source = "S2"

[nodes.response]
name = {{ zh = "答复", en = "Answer" }}
until = "acknowledged"
source = "S2"

[nodes.settling]
name = {{ zh = "结单", en = "Settling" }}
until = "closed"
source = "S2"

[on_the_spot]
levels = [3, 4]
categories = ["other"]

[verification]
needs = ["account", "standard", "cause"]

[standards]
no-lies = {{ zh = "不说谎", en = "No lies", breach = true, source = "S0" }}
tidy = {{ zh = "整洁", en = "Tidy" }}

[audit.heard]
zh = "听取"
en = "Heard"
asks = {{ zh = "是否听取双方？", en = "Were both heard?" }}
source = "ISO 10002:2018 7.6"

[causes]
design = {{ zh = "设计", en = "Design" }}

[phrases.trifle]
says = ["小事", "a trifle"]
instead = {{ zh = "我明白这对您很重要。", en = "I see that this matters to you." }}
source = "S3"

[phrases.vow]
says = ["包在我身上"]
patterns = ["保证|一定 & 修好", "never ~ again"]
between = 4
unless = ["不能"]
but_for = ["尽力"]
instead = {{ zh = "说明谁在何时做什么。", en = "Say who does what by when." }}
promises = true

[templates]
ack = {{ zh = "{{customer}}您好，编号{{number}}。", en = "Dear {{customer}}, your number is {{number}}." }}

[temperaments.choleric]
zh = "急躁型"
en = "Choleric"
strategy = {{ zh = "让客户说完。", en = "Let them finish." }}
source = "S3"

[styles.driving]
zh = "推动型"
en = "Driving"
strategy = {{ zh = "先说结果。", en = "Say the outcome first." }}

[motives.vent]
zh = "宣泄"
en = "To vent"
strategy = {{ zh = "倾听。", en = "Listen." }}
source = "S3"

[goals]
response = 0.95
csi_mean = 4.5
repeat_rate = 0.1

[retention]
complaint = 3

[alerts.grave]
zh = "直报"
en = "Straight to the top"
level = 2
hot = true
people = 3
to = ["manager", "handler"]
source = "S4"

[warnings]
repeats = 2
handoffs = 3
broken = 1
silence = "72h"
surge = {{ days = 14, past = 6, least = 4, false_alarms = 0.05 }}
passed-around = 4
"""


def faults_of(text: str) -> list[tuple[int, str, str]]:
    with pytest.raises(loading.PolicyFaults) as caught:
        loading.parse(text, "mine.toml")
    return [(fault.line, fault.key, str(fault.said)) for fault in caught.value.faults]


def node(name: str, until: str, more: str = "") -> str:
    return (
        f'[nodes.{name}]\nname = {{ zh = "步", en = "Step" }}\nuntil = "{until}"\nsource = "ours"\n{more}\n'
    )
