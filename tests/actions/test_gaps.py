"""What a customer is told has no gap of a template in it, whichever act tells it; what came stays as it came."""

from pathlib import Path

import pytest
from desks import Bench

from tests.exchange.conftest import HEADER, SMALL, Importer, small_row
from workbench import actions, words
from workbench.domain import acts
from workbench.domain.acts import Voice
from workbench.domain.errors import RefusedError
from workbench.domain.templates import GAP

TELLING = [act.id for act in acts.BY_ID.values() if act.voice is Voice.TELLS and act.id in acts.PERSONS]
NEEDED = {
    "promise": {"due": "+1h"}, "callback": {"reached": "yes"}, "compensate": {"amount": "10"},
    "close": {"outcome": "x"},
}  # fmt: skip
POLICY = """
[templates]
late = { zh = "工单 {number}：{customer}，最迟 {due} 答复。", en = "{customer}: case {number}, by {due}." }
"""


def told_fields(act: str) -> list[str]:
    return [field.name for field in actions.of(act).fields if field.kind == "text"]


@pytest.mark.parametrize("gap", [GAP, "{due}"])
@pytest.mark.parametrize(("act", "field"), [(act, field) for act in TELLING for field in told_fields(act)])
def test_every_text_that_tells_the_customer_is_refused_with_a_gap_in_it(bench, act, field, gap):
    case = bench.record()
    given = NEEDED.get(act, {}) | {field: f"我们在 {gap} 前答复"}
    with pytest.raises(RefusedError) as caught:
        bench.act(case, act, **given)
    assert gap in str(caught.value.said)
    assert bench.now(case).version == 1
    assert bench.act(case, act, **given | {field: "我们在五点前答复"}).version > 1  # the control


def test_all_that_tells_is_looked_at():
    assert {"acknowledge", "reply", "propose", "promise", "close", "callback", "compensate"} <= set(TELLING)
    assert all(map(told_fields, TELLING))


@pytest.mark.parametrize(
    ("text", "template", "field"),
    [
        (";late", "late", "{customer}"),
        (";delay", "delay", "{customer}"),
        (
            "李女士您好，工单 A26 需要的时间比预计的长，让您久等，很抱歉。目前的进展和原因是：[…]。",
            "delay",
            "{text}",
        ),
        ("您好：李女士，最迟 […] 答复。谢谢", "late", "{due}"),
        ("周五{due}见", "", "{due}"),
        ("您好：{customer}，最迟 {due} 答复。", "late", "{customer}"),
    ],
)
def test_the_gap_is_named_by_its_template_and_field(bench_with, text, template, field):
    bench = bench_with(POLICY)
    case = bench.record(customer="")
    with pytest.raises(RefusedError) as caught:
        bench.act(case, "reply", text=text)
    said = str(caught.value.said)
    assert (f";{template} " in said) if template else (";" not in said)
    assert field in said


def test_a_gap_that_was_edited_past_knowing_is_a_gap_all_the_same(bench):
    words.use("en")
    with pytest.raises(RefusedError) as caught:
        bench.act(bench.record(), "reply", text="tomorrow[…]perhaps")
    assert str(caught.value.said) == "The text has a gap here, […]: write what belongs there."


def test_brackets_of_a_name_and_of_other_things_are_no_gap(bench):
    for name in ("{due}", "王[…]", "王[/]芳{number}"):
        for text in (";ack", f"{name}您好"):  # written out by the program, and in a form before it is stored
            assert bench.act(bench.record(customer=name), "reply", text=text).answered
    for text in ("[5] 楼", "{x} 与 {}", "[...]", "等一下…"):
        assert bench.act(bench.record(), "reply", text=text).answered


def test_on_the_spot_it_is_refused_too_and_nothing_is_recorded(bench):
    with pytest.raises(RefusedError):
        bench.record(close=True, outcome=";closing")
    assert bench.act(bench.record(), "note", text=";closing […] {due}").version == 2  # inside the house


def test_what_the_customer_says_and_what_a_file_brings_stays_as_it_came(bench: Bench, tmp_path: Path):
    importer = Importer(bench, tmp_path)
    case = bench.record(text="他们回我：[…] {due}")
    assert bench.act(case, "heard", text="[…] {due}").version == 2
    row = small_row(1, "2026-11-02 09:00:00", "已于 […] 修好 {due}")
    importer.run(importer.write("small.csv", HEADER, row), SMALL)
    assert importer.all("SELECT outcome FROM cases WHERE status = 'done'") == [("已于 […] 修好 {due}",)]
