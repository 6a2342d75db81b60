"""Names and digests go out whole, by what they are; numbers of persons in free text never do."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.domain.errors import InputFaultsError, Lines, RefusedError, UsageError
from workbench.domain.masks import WHOLE, in_sentence
from workbench.domain.text import mask_numbers
from workbench.reports.case_json import masked
from workbench.words import Said

PHONE = "13800138000"
ALTERED = [digest for n in range(2_000) if mask_numbers(digest := sha256(b"%d" % n).hexdigest()) != digest]


def test_the_mask_itself_would_alter_digests():
    """The control: without it the tests of this file would hold for any code."""
    assert 20 < len(ALTERED) < 200


@given(st.binary(max_size=64).map(lambda data: sha256(data).hexdigest()) | st.sampled_from(ALTERED))
def test_a_digest_is_whole_in_a_document_and_in_a_sentence(digest):
    document = {"evidence": [{"sha256": digest, "text": f"打 {PHONE}"}], "seal": f"12:{digest}",
                "timeline": [{"data": {"sha256": digest, "external_id": digest}}]}  # fmt: skip
    shown = masked("", document)
    assert shown["evidence"][0]["sha256"] == digest
    assert shown["seal"] == f"12:{digest}"
    assert shown["timeline"] == document["timeline"]
    assert PHONE not in shown["evidence"][0]["text"]
    error = RefusedError("{id} is here already: {number}. {seal}", id=digest, number="A1", seal=digest)
    assert error.shown(in_sentence) == f"{digest} is here already: A1. {digest}"


@pytest.mark.parametrize("name", sorted(WHOLE))
def test_a_field_that_names_something_is_whole_wherever_it_stands(name):
    assert masked("", {"data": {name: ALTERED[0]}}) == {"data": {name: ALTERED[0]}}


@pytest.mark.parametrize("name", ["text", "outcome", "customer", "unit", "reason", "site", "name", "phone"])
def test_a_field_of_free_text_is_masked(name):
    assert PHONE not in masked("", {"data": {name: PHONE}})["data"][name]


def test_a_sentence_masks_what_was_typed_in_its_parts_and_in_its_lines_too():
    inner = Said("{column}: {value} is no time", column="时间", value=PHONE)
    lines = Lines([Said("line {line}: {reason}", line=PHONE_LINE, reason=inner)])
    error = InputFaultsError("{file}: {n} rows:\n{lines}", file=f"/tmp/{PHONE}.csv", n=1, lines=lines)
    assert str(error).count(PHONE) == 2
    assert error.shown(in_sentence) == (
        f"/tmp/138****8000.csv: 1 rows:\nline {PHONE_LINE}: 时间: 138****8000 is no time"
    )


PHONE_LINE = 13_900_139_000  # a number that counts is no number of a person


def test_the_option_is_named_and_its_value_masked():
    error = UsageError('"{value}" is not a date.', option="--from", value=PHONE)
    assert str(error) == f'--from: "{PHONE}" is not a date.'
    assert error.shown(in_sentence) == '--from: "138****8000" is not a date.'
