"""Text can be read on what it lies on, in every look, by every eye and on every terminal; no state is colour alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations
from pathlib import Path

import pytest
from rich.color import ColorSystem
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import Monochrome

from frontdesk.clock import ManualClock
from frontdesk.config import BadSetting, Workstation, look_of_this_run
from frontdesk.desk.open import open_desk
from frontdesk.domain.retention import Alarm
from frontdesk.domain.threshold import Grade
from frontdesk.domain.visit import Status
from frontdesk.ui import keys
from frontdesk.ui.app import FrontdeskApp
from frontdesk.ui.contrast import ENOUGH, Rgb, ratio, rgb
from frontdesk.ui.greys import LoudInGrey
from frontdesk.ui.ink import ink_of
from frontdesk.ui.layout.day_words import MAY_COME_OUT, SIGNS, status_span, tight_status
from frontdesk.ui.looks import DARK, LIGHT
from frontdesk.ui.screens.all import screens
from frontdesk.ui.shell import Shell
from frontdesk.ui.sixteen import PALETTES, XTERM, SixteenColors, at_worst
from frontdesk.ui.theme import WORDS, looks_of, paper_of, style_of, theme_of
from tests.conftest import DEMO_AT
from tests.driver import Driver, at_the_desk

LEAST = {"dark": 4.5, "light": 4.5, "contrast": ENOUGH, "contrast-light": ENOUGH}
INKS = ("hands-on-ink", "retention-ink", "warn", "urgent", "squeeze")
CHIPS = ("alarm-medium", "alarm-high", "owed", "hands-on", "retention", "offer")
CELLS = ("visit", "rest", "turned", "block")
EYES: dict[str, tuple[tuple[float, float, float], ...]] = {
    "protan": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deutan": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritan": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}
"""How the three kinds of colour blindness see, in linear light (Machado, Oliveira, Fernandes 2009, severity 1)."""


@pytest.fixture(autouse=True)
def true_colour(monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal that shows every colour."""
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLORTERM", "truecolor")


@pytest.mark.parametrize("look", WORDS)
def test_contrast_of_every_role(look: str) -> None:
    poor = {
        role: ratio(rgb(one.ink), rgb(one.paper or paper_of(look)))
        for role, one in looks_of(look).items()
        if ratio(rgb(one.ink), rgb(one.paper or paper_of(look))) < LEAST[look]
    }
    assert poor == {}


def test_every_look_has_every_role() -> None:
    assert DARK.keys() == LIGHT.keys()
    assert all(looks_of(look).keys() == DARK.keys() for look in WORDS)


@pytest.mark.parametrize(("house", "sharp"), [("dark", "contrast"), ("light", "contrast-light")])
def test_what_lies_on_one_paper_does_so_in_high_contrast_too(house: str, sharp: str) -> None:
    papers: dict[str | None, set[str | None]] = {}
    for role, one in looks_of(house).items():
        papers.setdefault(one.paper, set()).add(looks_of(sharp)[role].paper)
    assert [several for several in papers.values() if len(several) > 1] == []


def test_a_role_nobody_designed_is_an_error() -> None:
    with pytest.raises(KeyError):
        style_of("pretty")


def seen_by(eye: str, colour: str) -> tuple[float, float, float]:
    """CIE L*a*b* of a colour as somebody sees it."""
    light = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (one / 255 for one in rgb(colour))
    ]
    if eye in EYES:
        light = [min(1.0, max(0.0, sum(a * b for a, b in zip(row, light, strict=True)))) for row in EYES[eye]]
    red, green, blue = light
    x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.95047
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.08883
    fx, fy, fz = (one ** (1 / 3) if one > 0.008856 else 7.787 * one + 16 / 116 for one in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


@pytest.mark.parametrize("look", WORDS)
@pytest.mark.parametrize("eye", ["any", *EYES])
def test_states_differ_in_colour_for_the_colour_blind_too(look: str, eye: str) -> None:
    """A difference of 2.3 is just noticed side by side (CIE 1976); these are not side by side, or large."""
    looks = looks_of(look)
    groups = (
        ({role: looks[role].ink for role in INKS}, 8.0),
        ({role: looks[role].paper or "" for role in CHIPS}, 8.0),
        ({role: looks[role].paper or "" for role in CELLS}, 5.0),
        ({f"{role}-edge": looks[f"{role}-edge"].ink for role in CELLS}, 5.0),
    )
    for colours, least in groups:
        for one, other in combinations(colours, 2):
            apart = sum(
                (a - b) ** 2 for a, b in zip(seen_by(eye, colours[one]), seen_by(eye, colours[other]), strict=True)
            )
            assert apart**0.5 >= least, f"{one} and {other}"


@pytest.mark.parametrize("look", WORDS)
@pytest.mark.parametrize("eye", ["any", *EYES])
def test_what_is_overdue_stands_out_most_for_every_eye(look: str, eye: str) -> None:
    """Red is dark to who is red-blind: it is the lightest on a dark page, and the darkest on a light one."""

    def lightness(colour: str) -> float:
        return seen_by(eye, colour)[0]

    looks, page = looks_of(look), lightness(paper_of(look))
    far = {role: abs(lightness(looks[role].paper or "") - page) for role in CHIPS}
    others = max(part for role, part in far.items() if role != "alarm-high")
    assert far["alarm-high"] > others + 3
    faces = [lightness(looks[role].paper or "") for role in ("alarm-high", "alarm-high-flash")]
    assert abs(faces[0] - faces[1]) > 40, "it blinks for every eye"


@pytest.mark.parametrize("look", WORDS)
def test_without_hues_what_is_overdue_is_the_loudest(look: str) -> None:
    def paper(role: str) -> Rgb:
        segment = Segment("x", style_of(role, theme_of(look)))
        (loud,) = LoudInGrey(theme_of(look)).apply([segment], Color(0, 0, 0))
        assert loud.style is not None
        assert ratio(*without_hues(loud.style)) >= 4.0
        return without_hues(loud.style)[1]

    page = paper("text")
    assert ratio(paper("alarm-high"), page) > max(ratio(paper(role), page) for role in CHIPS if role != "alarm-high")


def test_without_hues_what_was_drawn_is_known_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = Shell()
    assert isinstance(app.get_line_filters()[0], LoudInGrey)
    assert ink_of(app.theme, tuple(app.get_line_filters()), None) is ink_of(
        app.theme, tuple(app.get_line_filters()), None
    )


def test_every_state_has_a_sign_of_its_own_and_words_of_its_own() -> None:
    assert SIGNS.keys() == set(Status)
    signs = [*SIGNS.values(), MAY_COME_OUT, *(alarm.mark for alarm in Alarm if alarm is not Alarm.NONE)]
    assert len(set(signs)) == len(signs)
    assert len({status.words for status in Status}) == len(Status)
    marks = [grade.mark for grade in Grade if grade is not Grade.NONE]
    assert len({*marks, *signs}) == len(marks) + len(signs)


async def test_without_any_colour_every_row_of_the_day_says_its_state(demo_copy: Path) -> None:
    """As NO_COLOR and a screen reader have it: the text alone tells statuses and alarms apart."""
    desk = open_desk(str(demo_copy), "Ana", clock=lambda _: ManualClock(DEMO_AT))
    sheet, now = desk.days.load(None), desk.clock.now()
    told: dict[tuple[str, str, bool], set[str]] = {}
    for visit in sheet.appointments:
        alarm = visit.retention.alarm(now) if visit.needles_are_in and visit.retention else Alarm.NONE
        said = (status_span(visit, sheet.clinic, now), tight_status(visit, sheet.clinic, now, 6, ""))
        state = (visit.status.value, alarm.value, visit.count_owed)
        told.setdefault(state, set()).update(span.text.split()[0] for span in said)
    desk.close()
    assert len(told) >= 10
    grades = {grade.mark for grade in Grade}
    for one, other in combinations(told, 2):
        assert not (told[one] & told[other]) - grades, f"{one} and {other}"


def written(me: Driver) -> Iterator[tuple[int, Segment]]:
    """What is written on the screen on top, by row; of a dialog, what is in its box and its frame."""
    screen = me.app.screen
    boxes = [box.region for box in screen.query("#box")]
    for row, strip in enumerate(screen._compositor.render_strips()):
        around = [box for box in boxes if box.y <= row < box.bottom]
        inside = [strip.crop(box.x, box.right) for box in around] if around else [strip]
        if boxes and not around and 2 < row < me.app.size.height - 1:
            continue
        for part in inside:
            yield from ((row, segment) for segment in part if segment.text.strip())


def pair(style: Style) -> tuple[Rgb, Rgb]:
    """Its ink and its paper."""
    assert style.color is not None
    assert style.bgcolor is not None
    ink, paper = (tuple(color.get_truecolor()) for color in (style.color, style.bgcolor))
    return (paper, ink) if style.reverse else (ink, paper)  # type: ignore[return-value]


def in_256(style: Style) -> tuple[Rgb, Rgb]:
    """The same on a terminal of 256 colours."""
    both = (style.color, style.bgcolor)
    ink, paper = (tuple(one.downgrade(ColorSystem.EIGHT_BIT).get_truecolor()) for one in both if one)
    return ink, paper  # type: ignore[return-value]


def in_sixteen(style: Style) -> tuple[Rgb, Rgb]:
    """The same on a terminal of sixteen colours."""
    (few,) = SixteenColors().apply([Segment("x", style)], Color(0, 0, 0))
    assert few.style is not None
    assert few.style.color is not None
    assert few.style.bgcolor is not None
    return XTERM[few.style.color.number or 0], XTERM[few.style.bgcolor.number or 0]


@pytest.mark.parametrize("look", WORDS)
def test_sixteen_colours_are_read_as_any_terminal_draws_them(look: str) -> None:
    """What is grey on one is nearly black on another: black on it could not be read there."""
    assert len({colours[8] for colours in PALETTES}) == len(PALETTES)
    for role in looks_of(look):
        (few,) = SixteenColors().apply([Segment("x", style_of(role, theme_of(look)))], Color(0, 0, 0))
        assert few.style is not None
        if few.style.color is not None and few.style.bgcolor is not None:
            assert at_worst(few.style.color.number or 0, few.style.bgcolor.number or 0) >= 3.5, role


def without_hues(style: Style) -> tuple[Rgb, Rgb]:
    """The same under NO_COLOR."""
    (grey,) = Monochrome().apply([Segment("x", style)], Color(0, 0, 0))
    assert grey.style is not None
    return pair(grey.style)


def unread(style: Style, look: str) -> list[str]:
    """On which terminals what is written in a style of a look can't be read."""
    least = {pair: LEAST[look], in_256: 4.0, in_sixteen: 4.0, without_hues: 4.0}
    return [colours.__name__ for colours, enough in least.items() if ratio(*colours(style)) < enough]


OPENED = {keys.DAY: ("n", "m", "x"), keys.PATIENTS: ("n",), keys.ROOMS: ("question_mark",), keys.FILE: ("n",)}


async def test_everything_that_is_drawn_can_be_read_in_every_look(demo_copy: Path) -> None:
    """Of every screen and of dialogs of each kind, as the terminal gets it: also without hues, and in 16 colours."""
    app = FrontdeskApp(
        lambda: open_desk(str(demo_copy), "Ana", clock=lambda _: ManualClock(DEMO_AT)), screens(), can_demo=True
    )
    found: dict[tuple[str, Style], str] = {}

    async def look_at(where: str, looks: Iterable[str]) -> None:
        for look in looks:
            if app.look != look:
                app.show_look(look)
                await me.drawn()
            for _, segment in written(me):
                assert segment.style is not None, segment.text
                found.setdefault((look, segment.style), f"{where}: {segment.text.strip()}")

    async with at_the_desk(app, (120, 40)) as me:
        for place in (one for one in keys.PLACES if one != keys.DIALOG):
            await app.show(place)
            await me.settle()
            # Lines are drawn in roles, each measured in each look above; fields and dialogs by the style sheet too.
            await look_at(place, WORDS if place == keys.PATIENTS else ("dark",))
            for key in OPENED.get(place, ()):
                await me.press(key)
                await look_at(f"{place}, {key}", WORDS)
                await me.press("escape", "escape")
    assert {look for look, _ in found} == set(WORDS)
    poor = {f"{look}, {where}": bad for (look, style), where in found.items() if (bad := unread(style, look))}
    assert poor == {}


async def test_the_look_is_turned_by_a_key_and_kept(demo_copy: Path) -> None:
    kept: list[Workstation] = []
    app = FrontdeskApp(lambda: open_desk(str(demo_copy), "Ana"), screens(), keep=kept.append)
    async with at_the_desk(app, (80, 24)) as me:
        for look in ("light", "contrast", "contrast-light", "dark"):
            await me.press("ctrl+o")
            assert app.theme == theme_of(look)
            assert kept[-1].theme == look
            assert me.sees(f"The look is {WORDS[look]}")
            assert not me.sees("! The look"), "a choice is no warning"
            papers = {pair(segment.style)[1] for _, segment in written(me) if segment.style}
            assert rgb(paper_of(look)) in papers


def test_the_environment_chooses_a_look_for_one_run() -> None:
    assert look_of_this_run(environment={"FRONTDESK_THEME": "contrast"}) == "contrast"
    assert look_of_this_run(environment={}) == ""
    with pytest.raises(BadSetting, match="FRONTDESK_THEME is one of dark, light, contrast, contrast-light"):
        look_of_this_run(environment={"FRONTDESK_THEME": "pink"})


async def test_the_look_of_one_run_is_kept_only_where_a_key_chose_it(demo_copy: Path) -> None:
    kept: list[Workstation] = []
    app = FrontdeskApp(
        lambda: open_desk(str(demo_copy), "Ana"),
        screens(),
        workstation=Workstation(theme="light"),
        look="contrast",
        keep=kept.append,
    )
    async with at_the_desk(app, (80, 24)) as me:
        assert app.look == "contrast"
        await me.press("ctrl+t")
        assert (kept[-1].privacy, kept[-1].theme) == (True, "light")
        await me.press("ctrl+o")
        assert (kept[-1].theme, app.look) == ("contrast-light", "contrast-light")
