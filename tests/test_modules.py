"""A module that is put off is as good as there, and comes when it is asked."""

from __future__ import annotations

import importlib.metadata
import platform
import subprocess
import sys
from pathlib import Path

import pytest

from frontdesk.modules import in_place_of, put_off, when_called

TOGETHER = """
import sys, threading
from pathlib import Path
from frontdesk.modules import put_off

sys.setswitchinterval(1e-7)
sys.path.insert(0, sys.argv[1])
failed = []

def ask(module, together):
    together.wait()
    try:
        module.x
    except BaseException as error:
        failed.append(repr(error))

for number in range(200):
    name = f"asked_{number}"
    Path(sys.argv[1], f"{name}.py").write_text("x = 1")
    put_off(name)
    together = threading.Barrier(8)
    threads = [threading.Thread(target=ask, args=(sys.modules[name], together)) for _ in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
print(failed)
"""

ASKED = {
    "by its name": "import importlib.metadata; print(importlib.metadata.version('sqlalchemy'))",
    "from it": "from importlib.metadata import version; print(version('sqlalchemy'))",
    "from its package": "from importlib import metadata; print(metadata.version('sqlalchemy'))",
    "twice": "import importlib.metadata; from importlib import metadata; metadata.entry_points;"
    " print(importlib.metadata.version('sqlalchemy'))",
    "for what is in it": "import importlib.metadata._meta; from importlib.metadata import version;"
    " print(version('sqlalchemy'))",
    "for its place": "from importlib.util import find_spec; assert find_spec('importlib.metadata').origin;"
    " from importlib.metadata import version; print(version('sqlalchemy'))",
}


def said(program: str, *arguments: str) -> str:
    """What a program prints."""
    asked = [sys.executable, "-c", program, *arguments]
    return subprocess.run(asked, check=True, capture_output=True, text=True).stdout.strip()


@pytest.mark.parametrize("how", ASKED)
def test_asked_for(how: str) -> None:
    assert said(f"import frontdesk; {ASKED[how]}") == importlib.metadata.version("sqlalchemy")


@pytest.mark.parametrize(
    "use",
    [
        "import urllib.parse; print(urllib.parse.urlsplit('http://[::1]:80/').hostname)",
        "import ipaddress; print(ipaddress.ip_address('::1'))",
        "import bz2; print(bz2.decompress(bz2.compress(b'::1')).decode())",
        "import lzma; print(lzma.decompress(lzma.compress(b'::1')).decode())",
        "import tokenize; print('::1' if tokenize.COMMENT else '')",
        "import inspect, json; print('::1' if inspect.getsource(json.dumps).startswith('def dumps') else '')",
        "import textwrap; print(textwrap.dedent('  ::1'))",
        "import linecache, json; print('::1' if linecache.getline(json.__file__, 1) else '')",
        "import mimetypes; print('::1' if mimetypes.guess_type('a.svg')[0] == 'image/svg+xml' else '')",
    ],
)
def test_all_that_is_put_off_does_what_it_does(use: str) -> None:
    assert said(f"import frontdesk; {use}") == "::1"


def test_threads_that_ask_at_once_all_get_it(tmp_path: Path) -> None:
    assert said(TOGETHER, str(tmp_path)) == "[]"


def test_the_store_does_without_what_tells_versions() -> None:
    loaded = said(
        "import sys, frontdesk.store.sqlite_engine, frontdesk.store.schema.every;"
        " print([name for name in ('sqlalchemy', 'email', 'zipfile') if name in sys.modules])"
    )
    assert loaded == "['sqlalchemy']"


def test_what_is_there_stays() -> None:
    there = sys.modules["importlib.metadata"]
    put_off("importlib.metadata")
    assert sys.modules["importlib.metadata"] is there
    assert importlib.metadata is there


def test_what_does_not_exist_is_not_put_off() -> None:
    with pytest.raises(ModuleNotFoundError, match="no_such_module"):
        put_off("importlib.no_such_module")
    assert "importlib.no_such_module" not in sys.modules


LEAN = """
import frontdesk.folders
from frontdesk.ui.environment import lean

with lean():
    import textual.app
import sys

LATER = ("pickle", "random", "rich.markup", "rich.panel", "rich.table", "rich.tree", "textual.markup",
    "textual.suggestions", "asyncio.sslproto", "tokenize")
print([name for name in LATER if name in sys.modules])
"""


@pytest.mark.parametrize(
    "use",
    [
        "from textual.content import Content; print(Content.from_markup('[b]::1[/b]').plain)",
        "from textual.css.stylesheet import Stylesheet; print('::1' if Stylesheet().parse_style('bold').bold else '')",
        "from textual.css._styles_builder import StylesBuilder; one = StylesBuilder();"
        " print('::1' if one._get_suggested_property_name_for_rule('heigth') == 'height' else '')",
        "from textual.design import ColorSystem, show_design; one = ColorSystem('red', dark=True);"
        " print('::1' if show_design(one, one).row_count else '')",
        "from rich.table import Table; print('::1' if issubclass(Table, object) else '')",
        "from rich.style import Style; print(Style(meta={'for': '::1'}).meta['for'])",
        "from textual.style import Style; print(Style.from_meta({'for': '::1'}).meta['for'])",
        "from rich.text import Text; import rich.console; print(rich.console.render_markup('[b]::1[/b]').plain)",
        "from textual.dom import DOMNode; print(DOMNode().tree and '::1')",
        "from textual.css import tokenizer; one = tokenizer.TokenError(('', ''), 'x', (1, 1), 'y')._get_snippet();"
        " print('::1' if one.border_style == 'red' else '')",
        "import random; print('::1' if random.Random(1).random() < 1 else '')",
        "import asyncio.base_events as one; print('::1' if one.sslproto.SSLProtocol else '')",
    ],
)
def test_what_textual_calls_hardly_ever_is_there_when_it_does(use: str) -> None:
    absent, answer = said(f"{LEAN}{use}").split("\n")
    assert (absent, answer) == ("['tokenize']", "::1")


def test_a_stand_in_is_found_inside_alone_and_what_it_lacks_is_asked_of_the_real_one() -> None:
    stand_in = when_called("colorsys", "rgb_to_hsv", rgb_to_hls=lambda *_: (0.0, 0.5, 1.0))
    sys.modules.pop("colorsys", None)
    with in_place_of({"colorsys": stand_in, "no_such_module": None}):
        import colorsys as inside

        assert inside is stand_in
        assert inside.rgb_to_hls(1, 1, 1) == (0.0, 0.5, 1.0)
        assert sys.modules["colorsys"] is stand_in
        with pytest.raises(ModuleNotFoundError):
            import no_such_module  # type: ignore[import-not-found]  # noqa: F401
    assert "colorsys" not in sys.modules
    assert inside.rgb_to_hsv(1, 0, 0) == (0.0, 1.0, 1)
    assert sys.modules["colorsys"] is not stand_in
    assert inside.hsv_to_rgb is sys.modules["colorsys"].hsv_to_rgb


def test_what_is_there_is_not_replaced() -> None:
    there = sys.modules["importlib.metadata"]
    with in_place_of({"importlib.metadata": None}):
        assert sys.modules["importlib.metadata"] is there
    assert sys.modules["importlib.metadata"] is there


def test_the_system_is_known_and_what_is_asked_for_more_is_loaded() -> None:
    told = said("import frontdesk, sys, uuid; first = 'platform' in sys.modules; import platform;"
                " print(first, platform.system(), bool(platform.machine()), uuid.UUID(int=1).int)")  # fmt: skip
    assert told == f"False {platform.system()} True 1"
