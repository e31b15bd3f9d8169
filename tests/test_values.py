"""A value class that is quickly made is what the standard library makes of it."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable
from dataclasses import FrozenInstanceError, InitVar, asdict, dataclass, field, fields, replace
from typing import Any, ClassVar

import pytest

from frontdesk.values import quickly_made


class Plain:
    """Fields of every kind."""

    id: int
    name: str = "nobody"
    tags: dict[str, int] = field(default_factory=dict, compare=False)
    secret: str = field(default="", repr=False)

    @property
    def words(self) -> str:
        return f"{self.name} {self.id}"


class One:
    """A single field."""

    only: tuple[int, ...]


class Empty:
    """None at all."""


Quick: Any = quickly_made(type("Plain", (), dict(Plain.__dict__)))
Slow: Any = dataclass(frozen=True, slots=True)(Plain)


@pytest.mark.parametrize("kind", [Quick, Slow])
def test_a_value(kind: Any) -> None:
    one, same, other = kind(1), kind(1, tags={"a": 2}), kind(id=2, name="Ana")
    assert one == same
    assert hash(one) == hash(same) == hash((1, "nobody", ""))
    assert one != other
    assert one != (1, "nobody", "")
    assert repr(other) == "Plain(id=2, name='Ana', tags={})"
    assert other.words == "Ana 2"
    assert one.tags is not kind(1).tags
    assert replace(one, name="Bo") == kind(1, "Bo")
    assert asdict(other) == {"id": 2, "name": "Ana", "tags": {}, "secret": ""}
    assert copy.copy(other) == copy.deepcopy(other) == other
    assert [one.name for one in fields(kind)] == ["id", "name", "tags", "secret"]
    assert kind.__match_args__ == ("id", "name", "tags", "secret")
    with pytest.raises(FrozenInstanceError, match="cannot assign to field 'id'"):
        one.id = 3
    with pytest.raises((FrozenInstanceError, TypeError)):
        one.unheard_of = 3
    with pytest.raises(FrozenInstanceError, match="cannot delete field 'id'"):
        del one.id
    with pytest.raises(TypeError, match="missing 1 required positional argument: 'id'"):
        kind()
    with pytest.raises(TypeError, match="unexpected keyword argument 'nobody'"):
        kind(1, nobody=2)
    assert not hasattr(one, "__dict__")


def test_one_field_and_none() -> None:
    one, empty = quickly_made(One), quickly_made(Empty)
    assert one((1, 2)) == one((1, 2))
    assert hash(one((1, 2))) == hash(((1, 2),))
    assert empty() == empty()
    assert repr(empty()) == "Empty()"


@quickly_made
class Kept:
    """For pickles, which look for the class in its module."""

    id: int
    name: str = ""


def test_it_can_be_pickled() -> None:
    one: Any = Kept
    assert pickle.loads(pickle.dumps(one(1, "Ana"))) == one(1, "Ana")


def _base() -> type:
    class Base:
        id: int

    return Base


def _with_class_variable() -> type:
    class Counted:
        most: ClassVar[int] = 3
        id: int

    return Counted


def _with_init_variable() -> type:
    class Started:
        id: int
        start: InitVar[int] = 0  # type: ignore[assignment]

    return Started


def _with_words_of_its_own() -> type:
    class Spoken:
        id: int

        def __repr__(self) -> str:
            return "spoken"

    return Spoken


def _with_a_field_that_is_not_asked_for() -> type:
    class Found:
        id: int
        by: str = field(init=False, default="Ana")

    return Found


@pytest.mark.parametrize(
    "made", [_with_class_variable, _with_init_variable, _with_words_of_its_own, _with_a_field_that_is_not_asked_for]
)
def test_what_is_special_is_made_by_the_standard_library(made: Callable[[], type]) -> None:
    quick: Any = quickly_made(made())
    slow: Any = dataclass(frozen=True, slots=True)(made())
    assert quick(7) == quick(7)
    assert repr(quick(7)) == repr(slow(7))
    assert [one.name for one in fields(quick)] == [one.name for one in fields(slow)]


def test_a_class_of_one_can_be_widened() -> None:
    base: Any = quickly_made(_base())
    wider: Any = dataclass(frozen=True, slots=True)(type("Wider", (base,), {"__annotations__": {"more": "int"}}))
    assert (wider(1, 2).id, wider(1, 2).more) == (1, 2)
