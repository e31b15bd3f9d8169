"""Whether a path lies where several processes can't share a SQLite file safely: network, FUSE and sync folders."""

from __future__ import annotations

import re
import sys
from contextlib import suppress
from pathlib import Path, PurePath

from msgspec import Struct

from frontdesk.text import visible

_REMOTE = frozenset({
    "nfs", "nfs4", "cifs", "ncpfs", "ncp", "afs", "kafs", "coda", "ceph", "glusterfs", "gfs", "gfs2", "ocfs2", "lustre",
    "gpfs", "beegfs", "pvfs2", "orangefs", "davfs", "davfs2", "9p", "virtiofs", "vboxsf", "vmhgfs", "prl_fs",
})  # fmt: skip
"""Network file systems, and folders that a virtual machine shares with its host."""
_LOCAL_FUSE = frozenset({"fuseblk", "fuse.fuse-overlayfs"})
"""FUSE over a local disk: NTFS drives and the overlay of rootless containers."""
_SYNC = (
    "dropbox", "onedrive", "nextcloud", "owncloud", "google drive", "googledrive", "my drive", "icloud drive",
    "iclouddrive", "mobile documents", "cloudstorage", "pclouddrive", "syncthing", "box sync",
)  # fmt: skip
"""Folders that a program keeps the same on several computers, as they are called by themselves."""
_INSTEAD = "keep it on this computer's own disk and name that place with --db"


class Mount(Struct, frozen=True):
    """A mounted file system: where it is and of what kind."""

    point: PurePath
    kind: str
    is_remote: bool


def objection_to(path: Path) -> str | None:
    """Why a database may not lie at `path` and what to do instead, in one line; None where it may."""
    real = Path(path).resolve()
    synced = next((part for part in real.parts[:-1] if _is_synced(part)), None)
    if synced is not None:
        return (
            f"{visible(str(path))} lies in {visible(synced)}, which copies files while they are written and damages "
            f"databases; {_INSTEAD}, and let backups go there"
        )
    mount = mount_of(real, mounts())
    if mount is not None and mount.is_remote:
        return (
            f"{visible(str(path))} lies on a network or shared drive ({visible(mount.kind)} at "
            f"{visible(str(mount.point))}), where SQLite's locks don't hold; {_INSTEAD}"
        )
    return None


def _is_synced(folder: str) -> bool:
    """`Dropbox`, `OneDrive - Elm Street Clinic`, `Dropbox (Personal)`."""
    said = folder.casefold()
    return any(said == name or said.startswith((f"{name}-", f"{name}(", f"{name} -", f"{name} (")) for name in _SYNC)


def mounts() -> tuple[Mount, ...]:
    """What is mounted on this machine, as far as it says; nothing where that can't be found out."""
    with suppress(OSError):
        if sys.platform == "darwin":
            return _mounts_of_macos()
        if sys.platform.startswith("linux"):
            return from_mountinfo(Path("/proc/self/mountinfo").read_text("utf-8", "surrogateescape"))
    return ()


def _mounts_of_macos() -> tuple[Mount, ...]:
    import subprocess  # elsewhere it would be loaded for nothing

    with suppress(subprocess.SubprocessError):
        said = subprocess.run(["/sbin/mount"], capture_output=True, text=True, timeout=5, check=True)
        return from_mount_command(said.stdout)
    return ()


def from_mountinfo(text: str) -> tuple[Mount, ...]:
    """The mounts of Linux's /proc/self/mountinfo (proc_pid_mountinfo(5)); blanks in paths are written `\\040`."""
    found = []
    for line in text.splitlines():
        before, dash, after = line.partition(" - ")
        fields = before.split(" ")
        if not dash or len(fields) < 5:
            continue
        kind = after.split(" ")[0]
        point = fields[4]
        if "\\" in point:
            point = re.sub(r"\\([0-7]{3})", lambda octal: chr(int(octal[1], 8)), point)
        remote = kind in _REMOTE or kind.startswith("smb") or (kind.startswith("fuse") and kind not in _LOCAL_FUSE)
        found.append(Mount(PurePath(point), kind, remote))
    return tuple(found)


def from_mount_command(text: str) -> tuple[Mount, ...]:
    """The mounts that macOS's `mount` prints: `DEVICE on POINT (KIND, local, ...)`."""
    found = []
    for line in text.splitlines():
        match = re.fullmatch(r".* on (/.*) \(([^()]*)\)", line)
        if match:
            kind, *options = match[2].split(", ")
            found.append(Mount(PurePath(match[1]), kind, "local" not in options))
    return tuple(found)


def mount_of(path: PurePath, among: tuple[Mount, ...]) -> Mount | None:
    """The mount that holds `path`: the longest prefix, the later of two on one point (it covers the other)."""
    best: Mount | None = None
    for mount in among:
        if path.is_relative_to(mount.point) and (best is None or len(mount.point.parts) >= len(best.point.parts)):
            best = mount
    return best
