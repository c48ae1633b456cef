"""The files that a save writes before they get their names: how they are called, and whose they are."""

import os
import re
import time
import zlib

DAY_SECONDS = 86_400
# Those of earlier versions of journal said nothing about their process.
_NAME = r"\.(?P<day>.{10})\.(?:(?P<host>[0-9a-f]{8})-(?P<process>[0-9]+)-)?[0-9a-f]{8}\.tmp"


def temporary_name(name: str) -> str:
    """A hidden name beside the file of this name, which says whose it is.

    It holds the first ten characters alone, an entry's day: a name may be as long as can be.
    """
    return f".{name[:10]}.{_host()}-{os.getpid()}-{os.urandom(4).hex()}.tmp"


def day_of_temporary(name: str) -> str | None:
    """The beginning of the name that a temporary file was to get; None for any other file."""
    found = re.fullmatch(_NAME, name)
    return found["day"] if found else None


def is_abandoned(name: str, modified: float) -> bool:
    """Whether nobody writes this temporary file any more.

    A folder may be shared between machines: of another one's only the age tells, a day.
    """
    found = re.fullmatch(_NAME, name)
    if found and found["host"] == _host() and not is_alive(int(found["process"])):
        return True
    return time.time() - modified > DAY_SECONDS


def is_alive(process: int) -> bool:
    """Whether a process of this machine has this number."""
    if os.name == "nt":
        # There a signal, even 0, would end it.
        return True
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:
        pass
    return True


def _host() -> str:
    name = os.uname().nodename if hasattr(os, "uname") else os.environ.get("COMPUTERNAME", "")
    return f"{zlib.crc32(os.fsencode(name)):08x}"
