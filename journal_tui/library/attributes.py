"""What a file has besides its bytes: owner, mode, extended attributes, access lists among them."""

import os
from stat import S_IMODE


def carry_over(full: str, old: os.stat_result, handle: int) -> bool:
    """Give the new file at `handle` the owner and attributes of the one at `full`, of status `old`.

    False where that is not allowed: then only the old file itself can keep them. The mode is set
    afterwards: both may change it.
    """
    if not hasattr(os, "fchown"):
        return True
    new = os.fstat(handle)
    try:
        if (new.st_uid, new.st_gid) != (old.st_uid, old.st_gid):
            os.fchown(handle, old.st_uid, old.st_gid)
        _copy_extended(full, handle)
    except OSError:
        return False
    return True


def set_mode(handle: int, mode: int) -> None:
    """Give an open file this mode, whatever the umask made of it. Raises OSError."""
    if hasattr(os, "fchmod") and S_IMODE(os.fstat(handle).st_mode) != mode:
        os.fchmod(handle, mode)


def _copy_extended(full: str, handle: int) -> None:
    """Make the extended attributes the same. Raises OSError where one cannot be set or removed."""
    if not hasattr(os, "listxattr"):
        return
    wanted, there = _extended(full), _extended(handle)
    for name in there.keys() - wanted.keys():
        os.removexattr(handle, name)
    for name, value in wanted.items():
        if there.get(name) != value:
            os.setxattr(handle, name, value)


def _extended(file: str | int) -> dict[str, bytes]:
    try:
        names = os.listxattr(file)
    except OSError:
        # This file system has none.
        return {}
    return {name: os.getxattr(file, name) for name in names}
