"""The made-up clinic: a believable working morning on a clock of its own, in a database of its own."""

from __future__ import annotations

from frontdesk.demo.build import DemoSize, build_demo, demo_moment

__all__ = ["DemoSize", "build_demo", "demo_moment"]
