"""The day sheet as a PDF: every script, hostile names, letters that no font has."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pendulum
import pypdfium2
import pytest

from frontdesk.domain.errors import Refused
from frontdesk.domain.paper import DayPaper, PaperGroup, PaperVisit
from frontdesk.exchange import paper_fonts
from frontdesk.exchange.paper_pdf import day_pdf

NOW = pendulum.datetime(2026, 11, 23, 15, 40)


def paper(*names: str, region: str = "CA") -> DayPaper:
    visits = tuple(
        PaperVisit("10:00", "10:45", name, number, "416 555 0134", "Follow-up", "Dr Lin", "Room 1", "25 min (20-30)")
        for number, name in enumerate(names, 1)
    )
    group = PaperGroup("Dr Lin", visits)
    return DayPaper(
        "Elm Street", region, date(2026, 11, 23), NOW, "Mon 23 Nov 10:40", (), (group,), (PaperGroup("Room 1", visits),)
    )


def pages(data: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(data)
    try:
        return [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()


@pytest.fixture
def no_other_fonts(monkeypatch: pytest.MonkeyPatch) -> None:
    def none() -> Iterator[Path]:
        return iter(())

    monkeypatch.setattr(paper_fonts, "_candidates", none)


def test_names_of_many_scripts_are_set_in_their_own_letters() -> None:
    names = ("Nguyễn, Ánh", "Παπαδόπουλος, Νίκος", "Шевченко, Ольга", "王, 小明", "さくら", "김, 지우", "ศรีสุข")
    printed = day_pdf(paper(*names))
    assert printed.in_latin == 0
    said = " ".join(pages(printed.data))
    for name in ("Παπαδόπουλος", "Шевченко", "小明", "さくら", "지우"):
        assert name in said
    # What is written from right to left is stored as it is drawn; that its letters have a font is what can be asked.
    assert day_pdf(paper("حداد, محمد", "כהן, שרה", "शर्मा, प्रिया")).in_latin == 0


def test_what_no_font_has_is_in_latin_letters_with_its_code_points(no_other_fonts: None) -> None:
    printed = day_pdf(paper("王, 小明", "Lee, Jun", "\U0001f98a, Fox"))
    assert printed.in_latin == 2
    said = pages(printed.data)
    assert "Wang, XiaoMing [1]" in said[1]
    assert "Lee, Jun" in said[1]
    assert "[1] U+738B U+5C0F U+660E" in said[-1]
    assert "[2] U+1F98A" in said[-1]


def test_hostile_names_are_letters_and_nothing_else(no_other_fonts: None) -> None:
    hostile = (
        "{nb}",
        "**bold**, __u__",
        "<b>&amp;",
        "\x1b]0;x\x07Evil\u202egnp.\u2066",
        ") Tj ET (",
        "a\\)b(",
        "W" * 240,
    )
    printed = day_pdf(paper(*hostile))
    said = " ".join(pages(printed.data))
    for shown in ("{nb}", "**bold**, __u__", "<b>&amp;", "]0;xEvilgnp.", ") Tj ET (", "a\\)b("):
        assert shown in said
    assert not set(said) & set("\x1b\x07\u202e\u2066")
    assert "WWW…" in said


def test_the_paper_is_what_the_clinics_printers_hold() -> None:
    for region, size in (("CA", (792, 612)), ("DE", (842, 595))):
        document = pypdfium2.PdfDocument(day_pdf(paper("Lee, Jun", region=region)).data)
        assert tuple(round(side) for side in document[0].get_size()) == size
        document.close()


def test_a_long_day_goes_on_on_the_next_page_and_loses_nobody() -> None:
    names = tuple(f"Patient, Number{number:03}" for number in range(75))
    said = pages(day_pdf(paper(*names)).data)
    for part in (said[1:-2], said[-2:]):
        assert all(name in " ".join(part) for name in names)


def test_a_font_that_is_named_and_is_none_is_said(tmp_path: Path) -> None:
    (tmp_path / "font.ttf").write_bytes(b"no font")
    with pytest.raises(Refused, match=r"font\.ttf is no font that can be read: see paper_font in workstation\.toml"):
        day_pdf(paper("王"), tmp_path / "font.ttf")
