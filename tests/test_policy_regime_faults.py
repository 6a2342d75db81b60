"""Every fault of the tables of a regime, and every contradiction between them, told with its place."""

import pytest
from policy_regime_support import BARE, ROLES, faults_of, node

from workbench.policy import loading
from workbench.policy.reader import REQUIRED_IDS

# A fault is expected on each line with #!, at the key and with the words that follow; and on no other.
BROKEN = """\
extends = "default"
without = ["roles", "tiers", "nodes", "duties", "node"]     #! without[5] | did you mean nodes

[tiers]
project = { zh = "项目", en = "Project", up = 1 } #! tiers.project.up | is not known here
group = { zh = "集团" }                           #! tiers.group | en is missing
step-2 = { zh = "二级", en = "Two" }              #! tiers.step-2 | means somebody else already
department = { zh = "部门", en = "Department" }   #! tiers.department | means somebody else already

[roles]                                           #! roles | manager is missing; every policy has it
reader = { zh = "只读", en = "Reader", may = "none" }                  #! roles.reader.may | must be a list
handler = { zh = "经办人", en = "Handler", tier = "projekt" }          #! roles.handler.tier | did you mean project
supervisor = { zh = "主管", en = "Supervisor", may_not = ["pres"] }    #! roles.supervisor.may_not[1] | did you mean press
head-office = { zh = "总部", en = "Head office", compensates = 0.5 }   #! roles.head-office.compensates | like "10000.00"
head = { zh = "业主", en = "Owner" }                                   #! roles.head | means somebody else already
quality = { zh = "品控", en = "Quality", may = ["note", "note"] }      #! roles.quality.may[2] | note stands here twice
auditor = { zh = "审计", en = "Auditor", may = ["note"], may_not = ["note"] }  #! roles.auditor.may_not | stands in may as well
clerk = { zh = "文员", en = "Clerk", closes = 5 }                      #! roles.clerk.closes | from 1 to 4, not 5

[duties.promise]                                  #! duties.promise | source is missing
name = { zh = "承诺", en = "Promise" }
target = "soon"                                   #! duties.promise.target | like "3h"
calendar = "ofice"                                #! duties.promise.calendar | did you mean office
escalate = [{ percent = 100, to = "ownr" }]       #! duties.promise.escalate[1].to | did you mean owner

[duties.promises]                                 #! duties.promises | did you mean promise
target = "1h"

[clocks.response]
by_category = { sale-management = "1h", other = "0m" }  #! clocks.response.by_category.sale-management | did you mean sales-management
escalate = [
  { percent = 75, overrun = "1h", to = "handler" },   #! clocks.response.escalate[1] | either percent or overrun
  { to = "handler" },                             #! clocks.response.escalate[2] | either percent or overrun
  { overrun = "2x", to = "handler" },             #! clocks.response.escalate[3].overrun | like "3h"
  { overrun = "2h", to = "owner" },               #! clocks.response.escalate[4].to | owner is not known
  { overrun = "2h", to = "group" },
  { overrun = "1h", to = "group" },               #! clocks.response.escalate[6] | must go up
  { overrun = "120m", to = "group" },             #! clocks.response.escalate[7] | group stands here twice
  { overrun = "3h" },                             #! clocks.response.escalate[8] | to is missing
]

[nodes.reception]
name = { zh = "接待", en = "Reception" }
until = "handled"                                 #! nodes.reception.until | did you mean handler
needs = ["inspected"]                             #! nodes.reception.needs[1] | did you mean inspection
gate = 1                                          #! nodes.reception.gate | true or false
skip = ["sale-management"]                        #! nodes.reception.skip[1] | did you mean sales-management
kinds = []                                        #! nodes.reception.kinds | must not be empty
roles = ["handlers"]                              #! nodes.reception.roles[1] | did you mean handler
by_level = { 1 = "1h" }                           #! nodes.reception.by_level | means nothing without a target
source = "S2"

[nodes.response]
name = { zh = "响应", en = "Response" }
until = "acknowledged"
target = "1h"                                     #! nodes.response.target | a clock is called response already
source = "S2"

[nodes.visit]                                     #! nodes.visit | is a duty already
name = { zh = "上门", en = "Visit" }
until = "proposal"
target = "1h"
source = "S3"

[nodes.again]                                     #! nodes.again | source is missing
name = { zh = "又", en = "Again" }
until = "acknowledged"                            #! nodes.again.until | completes the node response already

[nodes.site]
name = { zh = "现场", en = "Site" }
until = "inspection"
needs = ["inspection"]                            #! nodes.site.needs | completes this node
source = "S2"

[nodes.verdict]
name = { zh = "结论", en = "Verdict" }
until = "verdict"
gate = true
needs = ["cause"]                                 #! nodes.verdict.needs | the node cause brings it, which this gate keeps shut
source = "S0"

[nodes.cause]
name = { zh = "原因", en = "Cause" }
until = "cause"
source = "S0"

[on_the_spot]
levels = [3, 3, 0]                                #! on_the_spot.levels[2] | 3 stands here twice
categories = ["else"]                             #! on_the_spot.categories[1] | else is not known

[verification]
needs = ["acount"]                                #! verification.needs[1] | did you mean account
roles = ["reader"]                                #! verification.roles | reader may not verify

[standards]
no-lies = { zh = "不说谎", en = "No lies", breach = "yes" }   #! standards.no-lies.breach | true or false

[audit.heard]                                     #! audit.heard | source is missing
zh = "听取"
en = "Heard"
asks = "?"                                        #! audit.heard.asks | must be a table

[causes]
design = "设计"                                   #! causes.design | must be a table

[phrases.one]
says = []                                         #! phrases.one.says | must not be empty
instead = { zh = "好", en = "Well" }

[phrases.two]
says = ["Never Mind", "never mind"]               #! phrases.two.says[2] | stands here twice
instead = { zh = "好", en = "Well, never mind" }  #! phrases.two.instead.en | says what the phrase two forbids

[phrases.three]
says = ["see"]
instead = { zh = "好", en = "Well" }
patterns = ["a ~ b & c"]                          #! phrases.three.patterns[1] | must be words like
between = 99                                      #! phrases.three.between | 30
unless = "no"                                     #! phrases.three.unless | must be a list

[templates]
hello = { zh = "{customr}您好", en = "{number!r}" }           #! templates.hello.zh | did you mean customer
never = { zh = "好", en = "Never mind" }                      #! templates.never.en | says what the phrase two forbids

[temperaments]
calm = { zh = "平静", en = "Calm" }                           #! temperaments.calm | strategy is missing

[styles]
Quick = { zh = "快", en = "Quick", strategy = { zh = "快", en = "Quick" } }   #! styles.Quick | small letters

[motives]
vent = { zh = "宣泄", en = "To vent", strategy = "hear" }     #! motives.vent.strategy | must be a table

[warnings]
repeats = 0                                       #! warnings.repeats | from 1 to 1000, not 0
handoffs = true                                   #! warnings.handoffs | not true
silence = 72                                      #! warnings.silence | like "3h"
surge = { days = 0, false_alarms = 0.9 }          #! warnings.surge.days | from 1 to 366, not 0
"""


EXPECTED = [
    (line, *text.split("#! ")[1].strip().split(" | "))
    for line, text in enumerate(BROKEN.splitlines(), 1)
    if "#! " in text
]
BESIDES = {  # a second fault on a line that has one, or one that follows from another
    "alerts.major.to[1]": "head-office",
    "clocks.response.by_category.other": "not 0m",
    "on_the_spot.levels[3]": "from 1 to 4, not 0",
    "templates.hello.en": "in one pair of brackets, like {number}, not {number!r}",
    "warnings.surge.false_alarms": "from 0.000001 to 0.5, not 0.9",
}


def test_every_fault_of_the_new_tables_is_told_at_once_with_its_line_and_key():
    found = faults_of(BROKEN)
    told = {(line, key): said for line, key, said in found if key not in BESIDES}
    assert told.keys() == {(line, key) for line, key, _said in EXPECTED}
    for line, key, said in EXPECTED:
        assert said in told[line, key]
    assert {key for _line, key, _said in found} >= BESIDES.keys()


@pytest.mark.parametrize("key", BESIDES)
def test_a_second_fault_on_a_line_is_told_as_well(key):
    (said,) = (said for _line, where, said in faults_of(BROKEN) if where == key)
    assert BESIDES[key] in said


# ---------------------------------------------------------------- contradictions


GATED = 'gate = true\nneeds = ["cause"]\n'


@pytest.mark.parametrize(
    ("first", "second", "good"),
    [
        (GATED, "", False),
        ('needs = ["cause"]', "", True),
        (GATED + 'kinds = ["repair"]', 'kinds = ["complaint"]', True),
        (GATED + 'kinds = ["repair"]', 'kinds = ["complaint", "repair"]', False),
        (GATED + 'skip = ["other"]', 'skip = ["other"]', False),
    ],
)
def test_a_gate_may_not_wait_for_what_only_comes_behind_it(first, second, good):
    text = BARE + node("one", "verdict", first) + node("two", "cause", second)
    if good:
        assert list(loading.parse(text, "mine.toml").regime.nodes) == ["one", "two"]
    else:
        ((_line, key, said),) = faults_of(text)
        assert (key, "keeps shut" in said) == ("nodes.one.needs", True)


def test_a_node_that_every_category_skips_is_a_fault():
    skip = str(list(REQUIRED_IDS["categories"])).replace("'", '"')
    ((_line, key, said),) = faults_of(BARE + node("one", "closed", f"skip = {skip}"))
    assert (key, said) == ("nodes.one.skip", "every category skips this node: no case would come here.")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (('compensates = "any", ', ""), "no role decides any sum"),
        (('"any", closes = 1', '"any", closes = 2'), "no role closes level 1"),
        (('en = "Head office"', 'en = "Head office", may_not = ["approve"]'), "no role decides any sum"),
    ],
)
def test_somebody_must_be_able_to_decide_everything(change, said):
    assert any(
        said in each for _line, key, each in faults_of(BARE + ROLES.replace(*change)) if key == "roles"
    )


@pytest.mark.parametrize(
    ("surge", "said"),
    [
        ("{ days = 366, past = 11 }", "looks back more than 3660 days"),
        ("{ least = 0 }", "from 1 to 100000, not 0"),
        ("{ false_alarms = nan }", "not nan"),
        ("{ false_alarms = 0 }", "not 0"),
        ('{ false_alarms = "1 %" }', "not 1 %"),
        ("{ rate = 1 }", "known are: days past least false_alarms"),
    ],
)
def test_a_surge_has_bounds(surge, said):
    ((_line, key, found),) = faults_of(f"{BARE}[warnings]\nsurge = {surge}")
    assert key.startswith("warnings.surge")
    assert said in found


@pytest.mark.parametrize(
    ("text", "good"),
    [
        ("{number}", True),
        ("没有字段", True),
        ("{number", False),
        ("{}", False),
        ("{{number}}", False),
        ("{number:>999999999}", False),
        ("{customer.name}", False),
        ("{phone}", False),
    ],
)
def test_a_field_of_a_template_is_a_known_name_in_brackets_and_nothing_else(text, good):
    whole = f'{BARE}[templates]\nack = {{ zh = "{text}", en = "-" }}'
    if good:
        assert loading.parse(whole, "mine.toml").regime.templates["ack"].name.zh == text
    else:
        assert {key for _line, key, _said in faults_of(whole)} == {"templates.ack.zh"}
