"""The command line as it is read: a part of it that is made for one verb says what the whole would say."""

from __future__ import annotations

import argparse
from typing import Any

import pytest

from frontdesk.cli import _VERBS, parser
from frontdesk.cli.arguments import Parser


def verbs_of(made: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    (verbs,) = (one for one in made._actions if isinstance(one, argparse._SubParsersAction))
    return dict(verbs.choices)


def test_every_verb_is_made_alone_as_it_is_made_with_all() -> None:
    whole = verbs_of(parser.build_parser())
    assert set(whole) == {verb for verb in _VERBS if verb is not None}
    for name, made in whole.items():
        alone = verbs_of(parser._parser([verbs for verbs in parser._VERBS if name in verbs], whole=False))
        assert len(alone) < len(whole)
        assert alone[name].format_help() == made.format_help()


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        (["agnda"], "'agenda'"),
        (["agnda", "report"], "'agenda'"),
        (["--as"], "expected one argument"),
        (["find", "gar", "--limit", "0"], "--limit: must be 1 or more"),
        (["--help"], "walk-in"),
        (["agenda", "-h"], "usage: frontdesk agenda"),
    ],
)
def test_what_is_wrong_is_said_by_the_whole(said: list[str], answer: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        parser.parse(said)
    told = capsys.readouterr()
    assert answer in told.out + told.err


def test_the_dashboard_makes_no_verb(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []
    init = Parser.__init__

    def counted(self: Parser, **options: Any) -> None:
        made.append("one")
        init(self, **options)

    monkeypatch.setattr(Parser, "__init__", counted)
    assert parser.parse(["--db", "x.db"]).verb is None
    assert made == ["one"]
