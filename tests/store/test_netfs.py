"""Where a database may lie."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

import pendulum
import pytest

from frontdesk.domain.errors import Unavailable
from frontdesk.store import netfs
from frontdesk.store.engine import Store
from tests.engines import about_files

pytestmark = about_files

LINUX = """\
22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
23 22 0:21 / /proc rw,nosuid shared:5 - proc proc rw
40 22 0:40 / /srv/clinic rw,relatime shared:20 - nfs4 server:/clinic rw,vers=4.2
41 40 8:17 / /srv/clinic/local rw,relatime shared:21 - xfs /dev/sdb1 rw
42 22 0:50 / /mnt/front\\040desk rw,relatime - cifs //server/share rw
43 22 0:51 / /home/ana/cloud rw,nosuid - fuse.rclone remote: rw
44 22 0:52 / /media/stick rw,relatime - fuseblk /dev/sdc1 rw
45 22 0:53 / /opt/new rw - fuse.somethingnobodyknows x rw
46 22 8:33 / /mnt/twice rw - ext4 /dev/sdd1 rw
47 46 0:60 / /mnt/twice rw - nfs server:/x rw
48 22 0:61 / /host rw - 9p host rw
garbage
"""
MACOS = """\
/dev/disk3s1s1 on / (apfs, sealed, local, read-only, journaled)
/dev/disk3s5 on /System/Volumes/Data (apfs, local, journaled, nobrowse)
//ana@nas/clinic on /Volumes/clinic (files) (smbfs, nodev, nosuid, mounted by ana)
/dev/disk4s1 on /Volumes/Stick (exfat, local, nodev)
"""


@pytest.mark.parametrize(
    ("path", "kind", "remote"),
    [
        ("/home/ana/clinic.db", "ext4", False),
        ("/srv/clinic/clinic.db", "nfs4", True),
        ("/srv/clinic/local/clinic.db", "xfs", False),
        ("/srv/clinicother/clinic.db", "ext4", False),
        ("/mnt/front desk/clinic.db", "cifs", True),
        ("/home/ana/cloud/clinic.db", "fuse.rclone", True),
        ("/media/stick/clinic.db", "fuseblk", False),
        ("/opt/new/clinic.db", "fuse.somethingnobodyknows", True),
        ("/mnt/twice/clinic.db", "nfs", True),
        ("/host/clinic.db", "9p", True),
    ],
)
def test_linux_says_which_mounts_are_remote(path: str, kind: str, remote: bool) -> None:
    mount = netfs.mount_of(PurePosixPath(path), netfs.from_mountinfo(LINUX))
    assert mount is not None
    assert (mount.kind, mount.is_remote) == (kind, remote)


@pytest.mark.parametrize(
    ("path", "remote"),
    [
        ("/Users/ana/clinic.db", False),
        ("/System/Volumes/Data/clinic.db", False),
        ("/Volumes/clinic (files)/clinic.db", True),
        ("/Volumes/Stick/clinic.db", False),
    ],
)
def test_macos_says_which_mounts_are_local(path: str, remote: bool) -> None:
    mount = netfs.mount_of(PurePosixPath(path), netfs.from_mount_command(MACOS))
    assert mount is not None
    assert mount.is_remote is remote


@pytest.mark.parametrize(
    "folder", ["Dropbox", "OneDrive - Shenmen Clinic", "Nextcloud", "Mobile Documents", "Google Drive"]
)
def test_a_folder_that_another_program_copies_is_refused_before_anything_is_made(tmp_path: Path, folder: str) -> None:
    where = tmp_path / folder / "clinic.db"
    with pytest.raises(Unavailable, match="--db") as refused:
        Store.open(str(where), now=pendulum.datetime(2026, 11, 23))
    assert "\n" not in refused.value.reason
    assert folder.split(" -")[0] in refused.value.reason
    assert list(tmp_path.iterdir()) == []


def test_a_folder_whose_name_only_begins_like_one_is_fine(tmp_path: Path) -> None:
    assert netfs.objection_to(tmp_path / "Dropboxes" / "clinic.db") is None


def test_a_network_drive_is_refused_with_the_reason_and_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        netfs, "mounts", lambda: netfs.from_mountinfo(f"40 22 0:40 / {tmp_path} rw - nfs4 server:/x rw")
    )
    with pytest.raises(Unavailable, match=r"network or shared drive \(nfs4 at .*own disk.*--db"):
        Store.open(str(tmp_path / "clinic.db"), now=pendulum.datetime(2026, 11, 23))
    assert list(tmp_path.iterdir()) == []
