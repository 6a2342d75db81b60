"""The page of facts: what the records promise of each other and of the case."""

import re

import pytest

from workbench.actions import close, verify
from workbench.domain import facts, masks
from workbench.domain.cases import Case
from workbench.domain.fact import Export, Fact, Kind, Mapped, Origin, Privacy
from workbench.domain.facts import BY_NAME

ATTRIBUTES = set(Case.__struct_fields__) | {
    name for name, value in vars(Case).items() if isinstance(value, property)
}
EVERY = pytest.mark.parametrize("fact", BY_NAME.values(), ids=lambda fact: fact.name)
DECIDED = (
    "name label kind origin stored privacy filtered export mapped amended judges".split()
)  # for every fact, without a default


@EVERY
def test_what_the_fold_keeps_or_an_entry_says_is_an_attribute_of_the_case(fact):
    assert (fact.origin is Origin.RECKONED) or fact.name in ATTRIBUTES


@EVERY
def test_what_a_table_can_give_at_once_has_a_column(fact):
    assert fact.stored or fact.export is not Export.AT_ONCE


@EVERY
def test_only_what_an_entry_says_is_corrected(fact):
    assert not fact.amended or fact.origin is Origin.SAID


@EVERY
def test_ids_and_people_of_the_house_are_shown_whole_and_what_customers_typed_is_masked(fact):
    wanted = {
        Kind.CASE_NUMBER: Privacy.ID, Kind.ID: Privacy.ID, Kind.PERSON: Privacy.ID,
        Kind.TEXT: Privacy.PERSONAL, Kind.LINE: Privacy.PERSONAL, Kind.PHONE: Privacy.PHONE,
        Kind.PARTS: fact.privacy,  # each key inside decides for itself
    }  # fmt: skip
    assert fact.privacy is wanted.get(fact.kind, Privacy.NEUTRAL)


@EVERY
def test_a_choice_says_of_what_and_a_number_between_what(fact):
    if fact.kind in (Kind.CHOICE, Kind.CHOICES):
        assert fact.terms or fact.ids or fact is facts.STAGE
    if fact.kind is Kind.WHOLE and (fact.mapped is not Mapped.NEVER or fact.amended or fact.ask):
        assert fact.low < fact.high


def test_what_must_be_decided_has_no_default():
    assert [name for name in Fact._fields if name not in Fact._field_defaults] == DECIDED
    with pytest.raises(TypeError, match="judges"):
        Fact(*(getattr(facts.NUMBER, name) for name in DECIDED[:-1]))


def test_no_name_on_the_filter_line_means_two_facts():
    said = [name for fact in BY_NAME.values() for name in (fact.name, *fact.short, *fact.zh)]
    assert [name for name in said if said.count(name) > 1] == []
    assert all(re.fullmatch("[a-z_]+", name) for fact in BY_NAME.values() for name in fact.short)


@pytest.mark.parametrize(
    ("fact", "listed"),
    [
        (facts.RESOLUTION, close.RESOLUTIONS),
        (facts.ACCEPTED, close.ACCEPTED),
        (facts.VERDICT, verify.VERDICTS),
    ],
    ids=lambda each: getattr(each, "name", ""),
)
def test_a_form_offers_the_ids_of_the_record(fact, listed):
    assert fact.ids == tuple(value for value, _label in listed)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("external_id", "13800138000"),
        ("handler", "13800138000"),
        ("claim", "13800138000.00"),
        ("sha256", "a13800138000b"),
        ("phone", "138****8000"),
        ("customer", "138****8000"),
        ("a name that nobody has decided on", "138****8000"),
    ],
)
def test_a_mask_follows_the_name_under_which_a_text_stands(name, shown):
    typed = {"claim": "13800138000.00", "sha256": "a13800138000b"}.get(name, "13800138000")
    assert masks.shown(name, typed) == shown
