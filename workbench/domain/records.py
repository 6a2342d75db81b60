"""``dataclass`` as the standard library has it, but cheap to define.

A verb of the shell defines some seventy of them and makes few. The library compiles six functions for each
class at once, which cost more than all the rest of a verb's start. Here what is the same for every class is
written once, and ``__init__`` is compiled when the first instance is made.
"""

import dataclasses
from collections.abc import Callable
from operator import attrgetter
from typing import TYPE_CHECKING, Any

__all__ = ["dataclass"]

if TYPE_CHECKING:
    from dataclasses import dataclass
else:

    def dataclass(
        cls: type | None = None, *, frozen: bool = False, slots: bool = False, eq: bool = True
    ) -> Any:
        """Make a class a dataclass; ``fields``, ``replace`` and ``asdict`` work as with any other."""
        if cls is None:
            return lambda given: _made(given, frozen, slots, eq)
        return _made(cls, frozen, slots, eq)


def _made(cls: type, frozen: bool, slots: bool, eq: bool) -> Any:
    own = frozenset(cls.__dict__)
    made: Any = dataclasses.dataclass(init=False, repr=False, eq=False, slots=slots)(cls)
    found = dataclasses.fields(made)
    made.__init__ = _init_later(made, frozen)
    if "__repr__" not in own:
        made.__repr__ = _repr_of(tuple(field.name for field in found if field.repr))
    if eq:
        values = _values_of(tuple(field.name for field in found if field.compare))
        made.__eq__ = _eq_by(values)
        made.__hash__ = _hash_by(values) if frozen else None
    if frozen:
        made.__setattr__, made.__delattr__ = _refused, _refused
        if slots:  # what copies and pickles call: setting one by one is refused
            made.__getstate__, made.__setstate__ = _state, _set_state
    return made


def _init_later(cls: Any, frozen: bool) -> Callable[..., None]:
    def __init__(self: Any, *args: Any, **given: Any) -> None:  # noqa: N807
        cls.__init__ = made = _init_of(cls, frozen)
        made(self, *args, **given)

    return __init__


def _init_of(cls: Any, frozen: bool) -> Callable[..., None]:
    """Return ``__init__`` of a dataclass: as the library writes it."""
    known: dict[str, Any] = {"_set": object.__setattr__, "_made": object()}
    taken, lines = ["self"], []
    for field in (each for each in dataclasses.fields(cls) if each.init):
        name, value = field.name, field.name
        if field.default is not dataclasses.MISSING:
            known[f"_of_{name}"] = field.default
            taken.append(f"{name}=_of_{name}")
        elif field.default_factory is not dataclasses.MISSING:
            known[f"_of_{name}"] = field.default_factory
            taken.append(f"{name}=_made")
            value = f"_of_{name}() if {name} is _made else {name}"
        else:
            taken.append(name)
        lines.append(f"_set(self, {name!r}, {value})" if frozen else f"self.{name} = {value}")
    if hasattr(cls, "__post_init__"):
        lines.append("self.__post_init__()")
    body = "\n ".join(lines or ["pass"])
    exec(f"def __init__({', '.join(taken)}):\n {body}", known)  # noqa: S102 (names of our own fields)
    made: Callable[..., None] = known["__init__"]
    made.__qualname__ = f"{cls.__qualname__}.__init__"
    return made


def _values_of(names: tuple[str, ...]) -> Callable[[Any], Any]:
    """Return what gives the values of the fields; of one field that alone, which compares alike."""
    return attrgetter(*names) if names else lambda self: ()


def _eq_by(values: Callable[[Any], Any]) -> Callable[[Any, Any], Any]:
    def __eq__(self: Any, other: Any) -> Any:  # noqa: N807
        if other.__class__ is not self.__class__:
            return NotImplemented
        return (values(self),) == (values(other),)  # as a tuple: what is not equal to itself may be the same

    return __eq__


def _hash_by(values: Callable[[Any], Any]) -> Callable[[Any], int]:
    def __hash__(self: Any) -> int:  # noqa: N807
        return hash((values(self),))

    return __hash__


def _repr_of(names: tuple[str, ...]) -> Callable[[Any], str]:
    def __repr__(self: Any) -> str:  # noqa: N807
        told = ", ".join(f"{name}={getattr(self, name)!r}" for name in names)
        return f"{self.__class__.__qualname__}({told})"

    return __repr__


def _refused(self: Any, name: str, *value: Any) -> None:
    raise dataclasses.FrozenInstanceError(f"{self.__class__.__name__} is not to be changed: {name}")


def _state(self: Any) -> list[Any]:
    return [getattr(self, field.name) for field in dataclasses.fields(self)]


def _set_state(self: Any, state: list[Any]) -> None:
    for field, value in zip(dataclasses.fields(self), state, strict=True):
        object.__setattr__(self, field.name, value)
