"""What belongs to the workstation is kept between runs, and a wrong file is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from frontdesk.config import BadSetting, Workstation, keep_workstation, read_workstation


def test_kept_and_read_again_and_by_default_the_bell(tmp_path: Path) -> None:
    path = tmp_path / "new" / "workstation.toml"
    assert read_workstation(path) == Workstation("bell", "auto", "dark", privacy=False)
    kept = Workstation("notification", "osc777", "light", privacy=True)
    keep_workstation(path, kept)
    assert read_workstation(path) == kept
    assert [one.name for one in path.parent.iterdir()] == [path.name]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('sond = "off"', 'there is no setting "sond"; did you mean "sound"?'),
        ('sound = "loud"', 'sound is one of "bell", "notification", "off", not \'loud\''),
        ("sound = [", "is no TOML"),
    ],
)
def test_a_wrong_file_is_told_with_its_name_and_what_to_write(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "workstation.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadSetting) as error:
        read_workstation(path)
    assert str(path) in str(error.value)
    assert said in str(error.value)
