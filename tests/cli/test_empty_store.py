"""Every verb on a store without a case, with every number that it takes: a sentence, never a bug."""

import pytest
from typer.core import TyperArgument

from workbench.cli import app, registry

NUMBERS = ("0", "1", "-1", "9" * 40)
ELSEWHERE = {"demo", "init", "backup", "restore", "export", "campaign export"}  # write files or stores
FILLED = {  # what stands for a value that is not a number, by what the help calls it
    "TEXT": "x", "STAFF": "mei", "TIME": "+2h", "DATE": "2026-11-21", "YES|NO": "yes", "FILE": "none.csv",
    "NAME": "x", "STAFF,...": "mei", "UNIT|STAFF": "mei", "ROLE|TIER|STAFF": "mei", "YUAN": "1",
}  # fmt: skip
COUNTED = {"N", "ID", "NO", "NUMBER", "VERSION", "CONTACT", "DAYS"}


def parameters(verb):
    """The parameters of a verb: (its name, as it is typed or "" for a place, metavar or None, needed)."""
    for parameter in app.build(registry.load(verb)).params:
        place = isinstance(parameter, TyperArgument)
        yield "" if place else parameter.opts[0], parameter.metavar, parameter.required


def is_number(metavar):
    return metavar in COUNTED or bool(metavar and metavar[0].isdigit())


def calls(verb, number):
    """The verb with its places only, and with everything that it takes."""
    found = list(parameters(verb))
    places = [
        number if is_number(metavar) else FILLED.get(metavar, "x") for typed, metavar, _ in found if not typed
    ]
    needed = [
        value for value, (_t, _m, must) in zip(places, (f for f in found if not f[0]), strict=True) if must
    ]
    options = [
        word
        for typed, metavar, _ in found
        if typed and metavar
        for word in (f"{typed}={number if is_number(metavar) else FILLED.get(metavar, 'x')}",)
    ]
    yield [*verb.split(), *needed]
    yield [*verb.split(), *places]
    yield [*verb.split(), *places, *options]
    for option in options:
        yield [*verb.split(), *needed, option]


@pytest.mark.parametrize("verb", [verb for verb in registry.NAMES if verb not in ELSEWHERE])
def test_a_verb_has_a_sentence_where_there_is_nothing(wb, verb, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for number in NUMBERS:
        for words in calls(verb, number):
            done = wb(*words)
            assert done.code in (0, 2, 3, 4, 6, 7), (words, done.err)
            assert "Traceback" not in done.err


def test_numbers_are_found_among_what_verbs_take():
    """The control: without numbers to try, the test above would try nothing."""
    tried = {verb for verb in registry.NAMES for _, metavar, _ in parameters(verb) if is_number(metavar)}
    assert {"keep", "pay", "approve", "warning accept", "campaign call", "list"} <= tried
