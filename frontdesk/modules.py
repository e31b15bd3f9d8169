"""Modules that a library imports for what is hardly ever asked of them: they are loaded when it is."""

from __future__ import annotations

import sys
from importlib import import_module
from importlib.util import find_spec
from threading import Lock
from types import ModuleType
from typing import Any

_making_way = Lock()


def put_off(name: str) -> None:
    """Whoever imports the module from now on has it load at the first thing they ask of it.

    Raises `ModuleNotFoundError` where there is none. The standard library's `LazyLoader` is no help: it loads at the
    second `import` of the same module.
    """
    if name in sys.modules:
        return
    spec = find_spec(name)
    if spec is None:
        raise ModuleNotFoundError(f"there is no module {name}")
    later = _Later(name)
    later.__spec__ = spec
    package, _, own = name.rpartition(".")
    sys.modules[name] = later
    if package:
        setattr(sys.modules[package], own, later)


class _Later(ModuleType):
    """Stands for a module until anything is asked of it; who has this one by then has it go on asking the real one."""

    def __getattr__(self, name: str) -> Any:
        # Two threads that ask at once must not both make way: the second would take away what the first is loading.
        with _making_way:
            if sys.modules.get(self.__name__) is self:
                del sys.modules[self.__name__]
        return getattr(import_module(self.__name__), name)
