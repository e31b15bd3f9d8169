"""The README and its pages say what the program does: their tables are the program's own, their example is a clinic."""

from __future__ import annotations

import re
from pathlib import Path

from frontdesk.cli.parser import build_parser
from frontdesk.domain.visit import step_diagram, step_table
from frontdesk.exchange.clinic_toml import read_clinic
from frontdesk.ui.keys import key_summary, key_table

ROOT = Path(__file__).resolve().parents[2]
README = "README.md"
PAGES = [ROOT / README, ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]


def _text(page: str) -> str:
    return (ROOT / page).read_text(encoding="utf-8")


def _between(page: str, name: str) -> str:
    found = re.search(f"<!-- {name} -->\n(.*?)<!-- /{name} -->", _text(page), flags=re.DOTALL)
    assert found is not None
    return found[1]


def test_their_tables_are_made_from_the_program() -> None:
    assert _between(README, "keys") == key_summary()
    assert _between("docs/keys.md", "keys") == key_table()
    assert _between("docs/practitioner.md", "steps") == step_table()
    assert _between("docs/practitioner.md", "diagram") == step_diagram()


def test_every_verb_is_on_its_page() -> None:
    verbs = re.findall(r"^    ([a-z-]+)", build_parser().format_help(), flags=re.MULTILINE)
    assert len(verbs) > 30
    page = _text("docs/verbs.md")
    assert [verb for verb in verbs if f"`frontdesk {verb}" not in page] == []


def test_the_example_of_a_clinic_is_one(tmp_path: Path) -> None:
    found = re.search(r"```toml\n(.*?)```", _text("docs/owner.md"), flags=re.DOTALL)
    assert found is not None
    (tmp_path / "clinic.toml").write_text(found[1], encoding="utf-8")
    assert read_clinic(tmp_path / "clinic.toml").name == "Shenmen Clinic"


def test_the_pictures_are_there() -> None:
    """Each is shown, too: one that nobody sees is one that nobody makes anew."""
    shown = set(
        re.findall(r"!\[[^]]*\]\((?:docs/)?(\w[^)]*\.svg)\)", "".join(page.read_text("utf-8") for page in PAGES))
    )
    assert shown == {picture.name for picture in (ROOT / "docs").glob("*.svg")}


def test_every_link_leads_somewhere() -> None:
    """Files that are there, and in pages the heading that is named."""
    astray = []
    for page in PAGES:
        for link in re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8")):
            if link.startswith("https://"):
                continue
            file, _, heading = link.partition("#")
            to = (page.parent / file) if file else page
            if not to.is_file() or (heading and heading not in _headings(to.read_text(encoding="utf-8"))):
                astray.append(f"{page.name}: {link}")
    assert astray == []


def _headings(page: str) -> set[str]:
    """The names that a Markdown reader gives a page's headings: small letters, blanks as hyphens, signs left out."""
    headings = re.findall(r"^#+ (.*)$", re.sub(r"^```.*?^```", "", page, flags=re.DOTALL | re.MULTILINE), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_the_map_of_the_house_has_every_folder_and_no_other() -> None:
    mapped = {
        row[1:-2] for row in re.findall(r"^\| (`frontdesk/[^`]*`) ", _text("CONTRIBUTING.md"), flags=re.MULTILINE)
    }
    house = ROOT / "frontdesk"
    folders = {str(one.parent.relative_to(ROOT)) for one in house.rglob("__init__.py")} - {"frontdesk"}
    assert mapped == folders - {"frontdesk/store/migrations/versions"}


def test_the_files_that_contributing_names_are_there() -> None:
    named = set(re.findall(r"`((?:domain|store|desk|ui|docs|frontdesk)/[\w/]+\.py)`", _text("CONTRIBUTING.md")))
    assert len(named) > 10
    assert {one for one in named if not (ROOT / one).is_file() and not (ROOT / "frontdesk" / one).is_file()} == set()


def test_it_opens_with_two_commands() -> None:
    first, second = re.findall(r"```sh\n(.*?)\n```", _text(README), flags=re.DOTALL)[:2]
    assert first.endswith("frontdesk demo")
    assert second.endswith("pytest")
    assert "\n" not in first + second
