"""The person's own settings and folders; the journal's settings travel in its journal.toml."""

import os
from pathlib import Path
from typing import NamedTuple

from journal_tui.errors import SettingsError

FILE = "settings.toml"
_TEXTS = ("journal", "theme", "editor")


class Places(NamedTuple):
    """The folders outside the journal: settings, the index (may be deleted), drafts and trash."""

    config: Path
    cache: Path
    state: Path


class Settings(NamedTuple):
    """What settings.toml says: the default journal, theme, editor command and keys by action."""

    journal: str = ""
    theme: str = ""
    editor: str = ""
    keys: dict[str, str] = {}  # noqa: RUF012 - never changed


def places() -> Places:
    """This person's folders as the platform has them."""
    from platformdirs import PlatformDirs

    folders = PlatformDirs("journal-tui", appauthor=False)
    return Places(folders.user_config_path, folders.user_cache_path, folders.user_state_path)


def load(config: Path) -> Settings:
    """The settings in this folder; defaults without a file. Raises SettingsError for a bad one."""
    path = config / FILE
    try:
        source = path.read_bytes()
    except FileNotFoundError:
        return Settings()
    except OSError as error:
        raise SettingsError(f"{path} cannot be read: {error.strerror}.") from None
    import tomllib

    try:
        data = tomllib.loads(source.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise SettingsError(f"{path} is not valid TOML: {error}. Mend that line.") from None
    texts = {key: data.get(key, "") for key in _TEXTS}
    for key, value in texts.items():
        if not isinstance(value, str):
            raise SettingsError(f"{path}: `{key}` should be a text in quotes.")
    keys = data.get("keys", {})
    if not isinstance(keys, dict) or not all(isinstance(key, str) for key in keys.values()):
        raise SettingsError(f'{path}: [keys] should hold lines such as find = "f3".')
    return Settings(**texts, keys=keys)


def remember(config: Path, key: str, value: str) -> None:
    """Set one text of settings.toml, the other lines left as they are. Raises SettingsError."""
    import json
    import re

    path = config / FILE
    line = f"{key} = {json.dumps(value, ensure_ascii=False)}\n"
    try:
        config.mkdir(mode=0o700, parents=True, exist_ok=True)
        old = path.read_text("utf-8") if path.exists() else ""
        head, tables = _divide(old)
        head, count = re.subn(rf"(?m)^{key}\s*=.*\n?", lambda _: line, head, count=1)
        if not count:
            head = head + ("" if not head or head.endswith("\n") else "\n") + line
        temporary = path.with_suffix(f".{os.getpid()}")
        temporary.write_text(head + tables, "utf-8")
        os.replace(temporary, path)
    except (OSError, ValueError) as error:
        raise SettingsError(f"{path} cannot be written: {error}.") from None


def _divide(source: str) -> tuple[str, str]:
    """The lines before the first table, and the rest."""
    import re

    found = re.search(r"(?m)^\[", source)
    at = found.start() if found else len(source)
    return source[:at], source[at:]
