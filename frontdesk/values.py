"""Frozen dataclasses that are quickly made: to make the value classes took a third of the time to the first day.

The standard library compiles each method of a class by itself (until Python 3.13); a class of values needs no code of
its own but for `__init__`. What comes out is the same, and `fields`, `replace` and `asdict` know it. Modules that are
loaded before the first day is drawn import `dataclass` from here; what else is asked for is made as ever.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, FrozenInstanceError, fields
from inspect import get_annotations
from operator import attrgetter
from reprlib import recursive_repr
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING or sys.version_info >= (3, 13):
    from dataclasses import dataclass
else:
    import dataclasses

    def dataclass(cls=None, **options):
        """As `dataclasses.dataclass`."""
        if cls is None and options == {"frozen": True, "slots": True}:
            return quickly_made
        return dataclasses.dataclass(cls, **options)


__all__ = ["dataclass", "quickly_made"]

_OF_ITS_OWN = frozenset({"__post_init__", "__init__", "__eq__", "__hash__", "__repr__", "__setattr__", "__delattr__"})
"""What a class may have that changes how the others must be made."""


def quickly_made(cls: type) -> type:
    """`dataclass(frozen=True, slots=True)` of a class."""
    from dataclasses import dataclass as standard

    if _is_special(cls):
        return standard(frozen=True, slots=True)(cls)
    made: Any = standard(init=False, repr=False, eq=False, slots=True)(cls)
    every: dict[str, Field[Any]] = made.__dataclass_fields__
    compared = _all_of(tuple(one.name for one in every.values() if one.compare))
    told = [one.name for one in every.values() if one.repr]

    def same(self: object, other: object) -> bool:
        return compared(self) == compared(other) if other.__class__ is self.__class__ else NotImplemented

    def hashed(self: object) -> int:
        return hash(compared(self))

    @recursive_repr()
    def as_text(self: object) -> str:
        return f"{type(self).__qualname__}({', '.join(f'{name}={getattr(self, name)!r}' for name in told)})"

    def assign(self: object, name: str, value: object) -> None:
        if type(self) is made or name in every:
            raise FrozenInstanceError(f"cannot assign to field {name!r}")
        object.__setattr__(self, name, value)

    def delete(self: object, name: str) -> None:
        if type(self) is made or name in every:
            raise FrozenInstanceError(f"cannot delete field {name!r}")
        object.__delattr__(self, name)

    for name, method in {
        "__init__": _init_of(every),
        "__eq__": same,
        "__hash__": hashed,
        "__repr__": as_text,
        "__setattr__": assign,
        "__delattr__": delete,
        "__getstate__": _state,
        "__setstate__": _put_state,
    }.items():
        setattr(made, name, method)
    params = made.__dataclass_params__
    params.init = params.repr = params.eq = params.frozen = True
    return made  # type: ignore[no-any-return]


def _is_special(cls: type) -> bool:
    """Whether there is something about a class that only the standard library knows how to do."""
    return (
        cls.__bases__ != (object,)
        or not _OF_ITS_OWN.isdisjoint(cls.__dict__)
        or any("ClassVar" in said or "InitVar" in said for said in map(str, get_annotations(cls).values()))
        or any(
            isinstance(one, Field) and (not one.init or one.hash is not None or one.kw_only is True)
            for one in cls.__dict__.values()
        )
    )


def _init_of(every: Mapping[str, Field[Any]]) -> Callable[..., None]:
    known: dict[str, Any] = {"_set": object.__setattr__, "_missing": MISSING}
    asked, said = ["self"], []
    for name, one in every.items():
        if one.default_factory is not MISSING:
            known[f"_make_{name}"] = one.default_factory
            asked.append(f"{name}=_missing")
            said.append(f" _set(self, {name!r}, _make_{name}() if {name} is _missing else {name})")
            continue
        if one.default is not MISSING:
            known[f"_usual_{name}"] = one.default
        asked.append(f"{name}=_usual_{name}" if one.default is not MISSING else name)
        said.append(f" _set(self, {name!r}, {name})")
    exec(f"def __init__({', '.join(asked)}):\n" + "\n".join(said or [" pass"]), known)  # noqa: S102 (names of fields)
    init: Callable[..., None] = known["__init__"]
    return init


def _all_of(names: tuple[str, ...]) -> Callable[[object], Any]:
    """What gives the values of all these attributes of an object, as a tuple."""
    if len(names) > 1:
        return attrgetter(*names)
    return lambda one: tuple(getattr(one, name) for name in names)


def _state(self: Any) -> list[Any]:
    """For copies and pickles, which otherwise would assign to the fields."""
    return [getattr(self, one.name) for one in fields(self)]


def _put_state(self: Any, state: list[Any]) -> None:
    for one, value in zip(fields(self), state, strict=True):
        object.__setattr__(self, one.name, value)
