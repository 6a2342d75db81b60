"""The form of a policy that a store keeps: it says what the text says, and counts for that text only."""

import gzip
from hashlib import sha256
from pathlib import Path

import pytest
from msgspec import Struct
from processes import python, run

from storage import setting
from workbench.domain import policies, regime
from workbench.policy import form, kept, loading

FROZEN = Path(__file__).with_name("policy_as_it_was.toml.gz")


def key():
    return f"policy_form {form.READER} 1"


def written_on(bench):
    with bench.store.reading() as db:
        return setting.get(db, bench.store.site_id, key())


def put(bench, value):
    bench.store.write(lambda db: setting.put(db, bench.store.site_id, key(), value))


def false_forms(bench):
    with bench.store.reading() as db:
        return kept.false_forms(db, bench.store.site_id)


@pytest.mark.parametrize("name", loading.shipped())
def test_a_shipped_policy_comes_back_from_its_form_as_it_was_read(name):
    policy, _ = loading.load(name)
    found = form.read(form.written(policy))
    for field in policy.__struct_fields__:
        if field != "calendars":
            assert getattr(found, field) == getattr(policy, field), field
    assert dict(found.calendars) == dict(policy.calendars)
    assert found.calendars.make_up == policy.calendars.make_up


def test_every_record_of_a_policy_has_a_form():
    of_policies = {
        name
        for module in (policies, regime)
        for name, kind in vars(module).items()
        if isinstance(kind, type(Struct)) and kind.__module__ == module.__name__
    }
    assert of_policies - form.RECORDS.keys() == {"Rules"}  # those are of a store


def test_what_the_reader_makes_of_a_text_is_what_it_made_when_its_version_was_counted():
    """Where this fails and the reading was meant to change: count ``form.VERSION`` up, and note both here."""
    text = gzip.decompress(FROZEN.read_bytes()).decode()
    digest = sha256(form.written(loading.parse(text, "default.toml")).encode()).hexdigest()[:16]
    assert (form.VERSION, digest) == (4, "a40e41c159c546f6")


def test_the_first_who_writes_keeps_the_form_and_the_next_reads_no_text(bench, monkeypatch):
    assert written_on(bench) == ""
    case = bench.record()
    assert written_on(bench).count("\n") == 1
    monkeypatch.setattr(loading, "parse", None)
    assert bench.act(case, "note", "lan", text="noch einer").version == case.version + 1


def test_reading_alone_keeps_nothing(bench):
    assert bench.desk().rules().policy.clocks
    assert written_on(bench) == ""


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: text[:-2],
        lambda text: text.partition("\n")[0] + "\n[]",
        lambda text: text.partition("\n")[0] + '\n["Policy",1]',
        lambda text: text.partition("\n")[0] + '\n["Unheard",1]',
        lambda text: text.partition("\n")[0] + "\n" + "[" * 100_000,
        lambda text: "0" + text,
    ],
    ids=["cut", "empty", "short", "unknown", "deep", "of another text"],
)
def test_a_form_that_does_not_fit_is_passed_over(bench, spoil):
    bench.record()
    before = bench.desk().rules().policy
    put(bench, spoil(written_on(bench)))
    after = bench.desk("lan")  # one that has read nothing yet
    assert after.rules().policy.severity == before.severity
    assert list(after.unkept) == [1]


def test_the_check_sees_a_form_that_says_something_else_than_the_text(bench):
    bench.record()
    assert false_forms(bench) == []
    told = written_on(bench)
    put(bench, told.replace('"restart"', '"continue"'))
    assert bench.desk("lan").rules().policy.reopen == "continue"  # so that it is worth seeing
    assert false_forms(bench) == [1]
    put(bench, told)
    bench.store.write(lambda db: db.run("UPDATE policy SET text = text || '#'"))
    assert false_forms(bench) == []  # the form of another text counts for nothing


def test_with_a_form_no_reader_of_policies_is_loaded(bench):
    bench.record()
    bench.store.close()
    code = (
        "import sys; from workbench.__main__ import main\n"
        f"main(['--db', {str(bench.path)!r}, '--read-only', 'list'])\n"
        "print('tomllib' in sys.modules, 'workbench.policy.reader' in sys.modules, file=sys.stderr)"
    )
    assert run(python(code), check=True).stderr.splitlines()[-1] == "False False"
