"""Templates take the facts of a case as text, and show what is missing."""

from datetime import UTC, datetime

import pytest
from desks import Bench

from workbench import words
from workbench.domain.regime import Template
from workbench.domain.templates import GAP, by_key, key_before, written_out
from workbench.domain.templates import expand as written
from workbench.domain.terms import Name
from workbench.policy import speech

TEMPLATES = """
[templates]
ack = { zh = "{customer}您好，工单 {number}，{due} 前联系您。", en = "Dear {customer}, case {number}: by {due}." }
name = { zh = "{customer}", en = "{customer}" }
all = { zh = "{site} {unit} {handler}", en = "{site} {unit} {handler}" }
why = { zh = "原因：{text}。", en = "Why: {text}." }
"""
HOSTILE = ["{number}", "{0.__class__}", "%s {handler!r}", ";ack", "；ack x", "[/]", "\\1 \\g<0>", "a\n\tb"]


@pytest.fixture
def own(bench_with) -> Bench:  # type: ignore[no-untyped-def]
    return bench_with(TEMPLATES)


def expand(bench: Bench, case, name: str) -> str:  # type: ignore[no-untyped-def]
    desk = bench.desk()
    rules = desk.rules()
    return written(rules.policy.regime.templates[name], case, rules, desk.person, desk.now())


def test_the_facts_of_a_case_stand_in_the_text_of_the_language_in_use(own: Bench) -> None:
    case = own.record(customer="王芳")
    assert expand(own, case, "ack") == f"Dear 王芳, case {case.number}: by 2026-11-21 15:00."
    words.use("zh")
    assert expand(own, case, "ack") == f"王芳您好，工单 {case.number}，2026-11-21 15:00 前联系您。"


def test_the_due_is_the_first_one_that_still_lies_ahead(own: Bench) -> None:
    case = own.act(own.record(customer="王芳"), "promise", text="x", due="+1h")
    assert "by 2026-11-21 13:00" in expand(own, case, "ack")
    own.clock.pass_(hours=2)
    assert "by 2026-11-21 15:00" in expand(
        own, own.now(case), "ack"
    )  # the promise is late, the response comes
    own.clock.pass_(days=9)
    assert f"by {GAP}" in expand(own, own.now(case), "ack")


def test_what_the_case_does_not_have_is_a_gap(own: Bench) -> None:
    case = own.record(site="金色家园")
    assert expand(own, case, "all") == f"金色家园 {GAP} mei"
    assert expand(own, None, "ack") == f"Dear {GAP}, case {GAP}: by {GAP}."
    assert expand(own, case, "why") == f"Why: {GAP}."


@pytest.mark.parametrize("field", speech.FIELDS)
def test_every_field_that_a_policy_may_name_is_known_here(own: Bench, field: str) -> None:
    case = own.record(
        customer="王芳", site="金色家园", unit="3-502", phone="13800138000", close=True, outcome="修好"
    )
    template = Template("x", Name(f"{{{field}}}", f"{{{field}}}"))
    desk = own.desk()
    assert GAP not in written(template, case, desk.rules(), desk.person, desk.now(), "words")


@pytest.mark.parametrize("name", HOSTILE)
def test_a_customers_name_is_text_and_nothing_else(own: Bench, name: str) -> None:
    case = own.record(customer=name)
    text = expand(own, case, "name")
    assert text == " ".join(name.lstrip(";；").split())
    assert written_out(text, case, own.desk().rules(), "mei", own.clock()) == text


def test_a_name_without_end_is_cut(own: Bench) -> None:
    assert len(expand(own, own.record(customer="王" * 10_000), "name")) == 80


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        (";name", "王芳"),
        ("；name", "王芳"),
        ("；ｎａｍｅ", "王芳"),
        ("  ;name 您好", "王芳 您好"),
        (";why  等配件 ", "Why: 等配件."),
        (";why", "Why: […]."),
        (";why {number}", "Why: {number}."),
        (";names", ";names"),
        ("见 ;name", "见 ;name"),
        (";name。", ";name。"),
        ("", ""),
    ],
)
def test_a_key_at_the_beginning_of_a_text_is_written_out(own: Bench, typed: str, text: str) -> None:
    case = own.record(customer="王芳")
    assert written_out(typed, case, own.desk().rules(), "mei", own.clock()) == text


@pytest.mark.parametrize(
    ("before", "found"),
    [
        (";a", (0, "a")),
        ("您好；Ａck", (2, "Ack")),
        (";", (0, "")),
        (";a b", None),
        ("a;b;c", (3, "c")),
        ("", None),
    ],
)
def test_a_key_is_seen_while_it_is_typed(before: str, found: tuple[int, str] | None) -> None:
    assert key_before(before) == found


def test_a_template_without_fields_is_its_text(own: Bench) -> None:
    plain = Template("x", Name("您好", "Hello"))
    assert written(plain, None, own.desk().rules(), "mei", datetime(2026, 1, 1, tzinfo=UTC)) == "Hello"


@pytest.mark.parametrize(
    ("key", "found"),
    [("1", "first"), ("２", "second"), ("2", "second"), ("3", None), ("0", None), ("first", "first")],
)
def test_a_template_has_a_number_too_for_whoever_types_with_an_input_method(key, found):
    known = {name: Template(name, Name(name, name)) for name in ("first", "second")}
    chosen = by_key(known, key)
    assert (chosen.id if chosen else None) == found
