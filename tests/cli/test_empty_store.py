"""Every verb on a store without a case, with every number that it takes: a sentence, never a bug."""

import inspect

import pytest

from workbench.cli import registry

NUMBERS = ("0", "1", "-1", "9" * 40)
ELSEWHERE = {"demo", "init", "backup", "restore", "export", "campaign export"}  # write files or stores
FILLED = {  # what stands for a value that is not a number, by what the help calls it
    "TEXT": "x", "STAFF": "mei", "TIME": "+2h", "DATE": "2026-11-21", "YES|NO": "yes", "FILE": "none.csv",
    "NAME": "x", "STAFF,...": "mei", "UNIT|STAFF": "mei", "ROLE|TIER|STAFF": "mei", "YUAN": "1",
}  # fmt: skip
COUNTED = {"N", "ID", "NO", "NUMBER", "VERSION", "CONTACT", "DAYS"}


def parameters(verb):
    """The parameters of a verb: (its name, as it is typed or "" for a place, metavar or None)."""
    for parameter in list(inspect.signature(registry.load(verb).function).parameters.values())[1:]:
        [info] = getattr(parameter.annotation, "__metadata__", [None])
        if info is None:
            continue
        place = type(info).__name__ == "ArgumentInfo"
        declared = next(iter(info.param_decls or ()), f"--{parameter.name.strip('_').replace('_', '-')}")
        yield "" if place else declared, info.metavar, parameter.default is inspect.Parameter.empty


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
