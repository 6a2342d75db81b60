"""The speech of the shipped policies: what is marked in a reply, what is not, and the scripts themselves."""

import re

import pytest

from workbench.domain import phrases
from workbench.policy import loading

DEFAULT = loading.load("default")[0]
FORBIDDEN = ["trifle", "price", "wrong", "elsewhere", "unknown", "rule", "helpless", "sue", "others", "calm"]
PROMISING = ["guarantee", "never-again", "money", "at-once"]


def test_ten_phrases_are_forbidden_of_which_five_are_printed_in_the_source():
    forbidden = [each for each in DEFAULT.regime.phrases.values() if not each.promises]
    assert [each.id for each in forbidden] == FORBIDDEN
    assert [each.source for each in forbidden] == ["S3"] * 5 + ["ours"] * 5
    assert [each.id for each in DEFAULT.regime.phrases.values() if each.promises] == PROMISING


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("这问题很容易，小事一桩。", "trifle"),
        ("Oh, that is just a trifle.", "trifle"),
        ("一分钱，一分货嘛", "price"),
        ("Well, you get what you pay for.", "price"),
        ("绝对你搞错了，绝对不会有这事", "wrong"),
        ("You are certainly wrong, that cannot be.", "wrong"),
        ("这是其他部门的事，与我无关", "elsewhere"),
        ("That is another department’s matter.", "elsewhere"),
        ("我不知道。", "unknown"),
        ("I don't know.", "unknown"),
        ("公司规定就是这样", "rule"),
        ("Sorry, rules are rules", "rule"),
        ("这个我也没办法", "helpless"),
        ("There is NOTHING WE CAN DO.", "helpless"),
        ("您去告吧", "sue"),
        ("Then go ahead and complain!", "sue"),
        ("别人都没投诉，就您事多", "others"),
        ("Nobody else complains.", "others"),
        ("您急什么", "calm"),
        ("Please calm down.", "calm"),
        ("我保证明天修好", "guarantee"),
        ("We guarantee that it holds.", "guarantee"),
        ("以后再也不会漏水", "never-again"),
        ("This will never happen again.", "never-again"),
        ("我们一定赔给您", "money"),
        ("You will definitely be compensated.", "money"),
        ("今天一定修好", "at-once"),
        ("You can have whatever you want.", "at-once"),
    ],
)
def test_what_nobody_says_is_marked(text, phrase):
    assert phrase in phrases.ids(text, DEFAULT.regime.phrases)


@pytest.mark.parametrize(
    "text",
    [
        "您反映的不是小事，我们马上核实。",
        "这不是一件小事，主管会亲自联系您。",
        "小区旁的儿童医院小儿科今天施工。",
        "您搞错的可能性不大，我们再核对一遍。",
        "如果这件事属于其他部门的职责，我去协调。",
        "我们会协调别的部门的事项，结果由我告诉您。",
        "请您去告诉物业前台工单号。",
        "您着急什么时候能修好，我们理解。",
        "公司规定的上门时间是每天九点到十八点。",
        "想了几种办法，目前方案二最合适。",
        "装修保证金三天内原路退回。",
        "这个时间不一定能解决，我先问清楚再答复您。",
        "我们不能向您保证当天完成。",
        "赔付不一定能退到原账户，我核实后告诉您。",
        "工程师预计今天下午修好。",
        "This is not a trifle to us.",
        "The plaster trifles with the tiles.",
        "That cannot be repaired today; the engineer comes tomorrow at 9:00.",
        "Another department helps us; I will tell you its answer.",
        "Our policy is to answer within 3 hours.",
        "You are the only one who can open the door; when may we come?",
        "Once things calm down on the site, we will call you.",
        "We cannot guarantee a day yet.",
        "We are working so that it should never happen again.",
        "The guarantee of your home ends on 2027-05-01.",
    ],
)
def test_an_innocent_sentence_is_left_alone(text):
    assert phrases.ids(text, DEFAULT.regime.phrases) == []


@pytest.mark.parametrize("phrase", DEFAULT.regime.phrases.values(), ids=lambda phrase: phrase.id)
def test_a_phrase_has_spellings_in_both_languages_and_a_better_way_that_breaks_no_rule(phrase):
    assert sum(words.isascii() for words in phrase.says) >= 2
    assert sum(not words.isascii() for words in phrase.says) >= 2
    for better in (phrase.instead.zh, phrase.instead.en):
        assert phrases.ids(better, DEFAULT.regime.phrases) == []


@pytest.mark.parametrize("name", loading.shipped())
def test_every_policy_speaks_as_the_default_one(name):
    regime = loading.load(name)[0].regime
    assert list(regime.phrases) == FORBIDDEN + PROMISING
    assert list(regime.templates) == [
        *("receive", "ack", "delay", "visit", "proposal", "closing", "limited", "apology", "not-ours"),
        "callback",
    ]


@pytest.mark.parametrize("template", DEFAULT.regime.templates.values(), ids=lambda template: template.id)
def test_a_script_says_the_same_in_both_languages_and_nothing_forbidden(template):
    zh, en = (set(re.findall(r"\{(\w+)\}", words)) for words in (template.name.zh, template.name.en))
    assert zh == en
    for words in (template.name.zh, template.name.en):
        assert phrases.ids(words, DEFAULT.regime.phrases) == []


@pytest.mark.parametrize(
    ("table", "ids", "of_the_source"),
    [
        ("temperaments", "choleric sanguine phlegmatic melancholic", "choleric sanguine"),
        ("styles", "analytical driving expressive amiable", "analytical driving"),
        (
            "motives",
            "made-good vent respect shift-blame hostility mixed",
            "made-good vent respect shift-blame hostility mixed",
        ),
    ],
)
def test_a_customers_manners_have_a_strategy_each(table, ids, of_the_source):
    manners = getattr(DEFAULT.regime, table)
    assert list(manners) == ids.split()
    assert [each.id for each in manners.values() if "S3" in each.source] == of_the_source.split()
    assert all(each.strategy.zh and each.strategy.en for each in manners.values())
