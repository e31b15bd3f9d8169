"""Prepaid visits by verbs."""

from __future__ import annotations

from tests.program.conftest import Frontdesk


def test_a_package_is_sold_changed_and_taken_back(clinic: Frontdesk) -> None:
    assert clinic("package", "show", "1").out == "García, Maria has no package\n"
    sold = clinic("package", "sell", "1", "--visits", "10", "--expires", "+26w", "--json").json["packages"][0]
    assert (sold["visits"], sold["used"], sold["left"], sold["expired"]) == (10, 0, 10, False)
    assert clinic("package", "change", "1", "--visits", "12", "--expires", "never").out == (
        "García, Maria: package changed, 12 of 12 left\n"
    )
    assert clinic("patient", "1", "--json").json["packages"][0]["expires_on"] is None
    assert "12 of 12 left" in clinic("patient", "1").out
    assert clinic("package", "take-back", "1").out == "García, Maria: the package is taken back\n"
    for said, reason in (
        (("take-back", "1"), "García, Maria has no package: `frontdesk package show 1` lists them"),
        (("change", "1", "--package", "7"), "García, Maria has no package 7"),
        (("sell", "1", "--visits", "201"), "--visits: a package has 1 to 200 visits, not 201"),
        (("sell", "1", "--visits", "2", "--expires", "yesterday"), "--expires: lies before the day it was bought"),
    ):
        refused = clinic("package", *said)
        assert (refused.code, len(refused.err.splitlines())) == (1, 1)
        assert reason in refused.err
