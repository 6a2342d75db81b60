"""A dataclass of ours behaves like one of the standard library, whose own is the measure here."""

import copy
import dataclasses
import pickle
from pathlib import Path

import pytest

from workbench.domain.records import dataclass

ROOT = Path(__file__).parent.parent.parent


def made(decorate):
    """Return classes that ``decorate`` has made: plain, frozen, its child, with slots, compared by identity."""

    @decorate
    class Plain:
        """Plain."""

        one: int
        two: list = dataclasses.field(default_factory=list)
        three: str = dataclasses.field(default="x", repr=False, compare=False)

    @decorate(frozen=True)
    class Frozen:
        """Frozen."""

        one: int
        late: int = dataclasses.field(init=False, compare=False, repr=False)

        def __post_init__(self):
            object.__setattr__(self, "late", self.one * 2)

    @decorate(frozen=True)
    class Child(Frozen):
        """Child."""

        more: tuple = ()

    @decorate(frozen=True, slots=True)
    class Slots:
        """Slots."""

        one: int
        two: str = ""

    @decorate(frozen=True, slots=True, eq=False)
    class Alone:
        """Alone."""

        one: int

    return {each.__name__: each for each in (Plain, Frozen, Child, Slots, Alone)}


OURS, THEIRS = made(dataclass), made(dataclasses.dataclass)
GIVEN = {"Plain": (1, [2]), "Frozen": (1,), "Child": (1, (3,)), "Slots": (1, "b"), "Alone": (1,)}


@pytest.mark.parametrize("name", GIVEN)
def test_it_is_made_compared_hashed_and_told_like_one_of_the_library(name):
    for kinds in (OURS, THEIRS):
        kind = kinds[name]
        one, same, other = kind(*GIVEN[name]), kind(*GIVEN[name]), kind(7)
        assert (one == same) is (name != "Alone")
        assert one != other
        assert one != (1,)
        assert dataclasses.replace(other, one=1).one == 1
        assert next(iter(dataclasses.asdict(one))) == "one"
        assert copy.copy(one).one == 1
    assert repr(OURS[name](*GIVEN[name])) == repr(THEIRS[name](*GIVEN[name]))
    assert [field.name for field in dataclasses.fields(OURS[name])] == [
        field.name for field in dataclasses.fields(THEIRS[name])
    ]
    assert hasattr(OURS[name](1), "__dict__") is hasattr(THEIRS[name](1), "__dict__")


@pytest.mark.parametrize("kinds", [OURS, THEIRS], ids=["ours", "theirs"])
def test_what_is_frozen_has_a_hash_and_cannot_be_changed(kinds):
    frozen, slots, plain = kinds["Frozen"](1), kinds["Slots"](1), kinds["Plain"](1)
    assert len({frozen, kinds["Frozen"](1)}) == 1
    assert frozen.late == 2
    for each in (frozen, slots):
        with pytest.raises(dataclasses.FrozenInstanceError):
            each.one = 2
        with pytest.raises(dataclasses.FrozenInstanceError):
            del each.one
    plain.one = 2
    assert plain.one == 2
    with pytest.raises(TypeError):
        hash(plain)


@pytest.mark.parametrize("kinds", [OURS, THEIRS], ids=["ours", "theirs"])
def test_each_instance_gets_a_list_of_its_own_and_too_few_values_are_refused(kinds):
    kind = kinds["Plain"]
    kind(1).two.append(3)
    assert kind(1).two == []
    with pytest.raises(TypeError):
        kind()
    with pytest.raises(TypeError):
        kind(1, four=4)


def test_what_is_frozen_with_slots_is_pickled():
    from workbench.domain.days import Days

    days = Days(2, "working", 3600)
    assert pickle.loads(pickle.dumps(days)) == days
    assert copy.deepcopy(days) == days


def test_every_dataclass_is_made_by_this_one():
    taken = [
        str(file.relative_to(ROOT))
        for package in ("workbench", "storage", "keymaps", "screens")
        for file in (ROOT / package).rglob("*.py")
        for line in file.read_text(encoding="utf-8").splitlines()
        if line.strip().startswith("from dataclasses import") and "dataclass" in line.partition("import")[2]
    ]
    assert taken == ["workbench/domain/records.py"]
