"""Modules that a library imports for what is hardly ever asked of them: they are loaded when it is."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from threading import Lock
from types import ModuleType
from typing import Any

_making_way = Lock()


def put_off(name: str) -> None:
    """Whoever imports the module from now on has it load at the first thing they ask of it.

    Raises `ModuleNotFoundError` where there is none; what is in a package that is not loaded is believed to be there,
    since to look would load the package. The standard library's `LazyLoader` is no help: it loads at the second
    `import` of the same module.
    """
    if name in sys.modules:
        return
    package, _, own = name.rpartition(".")
    later = _Later(name)
    if not package or package in sys.modules:
        spec = find_spec(name)
        if spec is None:
            raise ModuleNotFoundError(f"there is no module {name}")
        later.__spec__ = spec
    sys.modules[name] = later
    if package in sys.modules:
        setattr(sys.modules[package], own, later)


@contextmanager
def in_place_of(modules: Mapping[str, ModuleType | None]) -> Iterator[None]:
    """What is imported inside finds these; who imports one of them later, the real one. None: there is no such module.

    What is there already stays.
    """
    stand_ins = {name: module for name, module in modules.items() if name not in sys.modules}
    sys.modules.update(stand_ins)  # type: ignore[arg-type]
    try:
        yield
    finally:
        with _making_way:
            for name, module in stand_ins.items():
                # One that was asked for more than it has is the real one by now.
                if name in sys.modules and sys.modules[name] is module:
                    del sys.modules[name]


def when_called(name: str, *functions: str, **known: Callable[..., object]) -> ModuleType:
    """In the place of a module: its functions, or classes that are only called; the first call of one loads it.

    So does asking for anything else; `known` are those that need not load it.
    """
    module = _Later(name)
    for function in functions:
        setattr(module, function, partial(_call, module, function))
    for function, answer in known.items():
        setattr(module, function, answer)
    return module


def _call(module: _Later, function: str, *given: Any, **named: Any) -> Any:
    return getattr(module.load(), function)(*given, **named)


class _Later(ModuleType):
    """Stands for a module until anything is asked of it; who has this one by then has it go on asking the real one."""

    def __getattr__(self, name: str) -> Any:
        if name == "__path__" and self.__spec__ is None:
            # Python asks whether it is a package each time that something is imported from it.
            raise AttributeError(name)
        return getattr(self.load(), name)

    def load(self) -> ModuleType:
        """The real one."""
        # Two threads that ask at once must not both make way: the second would take away what the first is loading.
        with _making_way:
            if sys.modules.get(self.__name__) is self:
                del sys.modules[self.__name__]
        return import_module(self.__name__)
