"""The user's own settings and folders; the settings of a journal are in its journal.toml."""

import os
import sys
from pathlib import Path
from stat import S_IMODE
from typing import Any, NamedTuple

from journal_tui.errors import SettingsError
from journal_tui.library.toml_file import TomlFile, toml

FILE = "settings.toml"
NAME = "journal-tui"
"""The name of each of the user's folders."""
_TEXT_KEYS = ("journal", "theme", "editor")


class Places(NamedTuple):
    """The folders outside the journal: for settings, for the index, which may be deleted, and for drafts and trash."""

    config: Path
    cache: Path
    state: Path


class Settings(NamedTuple):
    """The settings in settings.toml: the default journal, theme, editor command and keys by command.

    `keys` are those of the page and `find_keys` those of Find.
    `links` is whether a save may follow a symbolic link that leads out of the journal. It isn't in
    journal.toml, because a journal from someone else could then contain both the link and the permission.
    """

    journal: str = ""
    theme: str = ""
    editor: str = ""
    keys: dict[str, str] = {}  # noqa: RUF012 - never changed
    find_keys: dict[str, str] = {}  # noqa: RUF012
    links: bool = False


def places() -> Places:
    """Return the user's folders, which depend on the platform's conventions.

    Raise SettingsError if they are in the home folder and it isn't known.
    """
    if sys.platform == "linux":
        return _xdg()
    from platformdirs import PlatformDirs

    folders = PlatformDirs(NAME, appauthor=False)
    return Places(folders.user_config_path, folders.user_cache_path, folders.user_state_path)


def _xdg() -> Places:
    """Return the folders of the XDG Base Directory Specification, as platformdirs would.

    Importing platformdirs takes a tenth of the time of a search.
    """
    named = (
        ("XDG_CONFIG_HOME", ".config"),
        ("XDG_CACHE_HOME", ".cache"),
        ("XDG_STATE_HOME", ".local/state"),
    )
    folders = []
    for variable, usual in named:
        given = os.environ.get(variable, "").strip()
        try:
            base = Path(given) if os.path.isabs(given) else Path.home() / usual
        except RuntimeError:
            # The user has no line in the system's list of users, as in many containers.
            raise SettingsError(
                "This user has no home folder for settings, index and drafts. Set HOME, or "
                f"{', '.join(name for name, _ in named)}."
            ) from None
        folders.append(base / NAME)
    return Places(*folders)


def load(config: Path) -> Settings:
    """Load the settings in a folder; return the defaults if it has no file. Raise SettingsError."""
    path = config / FILE
    return _parse(path, toml(path) or {})


def _parse(path: Path, data: dict[str, Any]) -> Settings:
    """Read parsed settings. Raise SettingsError, which names `path`."""
    texts = {key: data.get(key, "") for key in _TEXT_KEYS}
    for key, value in texts.items():
        if not isinstance(value, str):
            raise SettingsError(f"{path}: `{key}` should be text in quotes.")
    tables = []
    for name, example in (("keys", 'find = "f3"'), ("find-keys", 'order = "f7"')):
        keys = data.get(name, {})
        if not isinstance(keys, dict) or not all(isinstance(key, str) for key in keys.values()):
            raise SettingsError(f"{path}: [{name}] should contain lines such as {example}.")
        tables.append(keys)
    links = data.get("links", False)
    if not isinstance(links, bool):
        raise SettingsError(f"{path}: `links` should be true or false, without quotes.")
    return Settings(**texts, keys=tables[0], find_keys=tables[1], links=links)


def follows_links(config: Path) -> bool:
    """Return whether the user allows links out of the journal; False if the settings are broken."""
    try:
        return load(config).links
    except SettingsError:
        return False


def load_or_default(config: Path) -> tuple[Settings, str]:
    """Return the settings and "", or the defaults and a sentence about why the settings can't be read."""
    try:
        return load(config), ""
    except SettingsError as error:
        return Settings(), str(error)


def remember(config: Path, key: str, value: str) -> None:
    """Set one string in settings.toml and leave every other line as it is. Raise SettingsError."""
    if getattr(load(config), key) != value:
        settings_file(config).change("", key, value)


def settings_file(config: Path) -> TomlFile:
    """Return the file settings.toml, whose values can be changed one at a time."""
    path = config / FILE
    return TomlFile(
        path, lambda data: _parse(Path(FILE), data), lambda data, _: _write(config, path, data)
    )


def _write(config: Path, path: Path, data: bytes) -> str:
    """Write the file at `path` or, if it is a link, as dotfiles often are, the one that it leads to.

    Return "", because there is never a warning. Raise SettingsError.
    """
    from journal_tui.library.private_files import private_folder, write_private

    try:
        private_folder(config)
        real = Path(os.path.realpath(path))
        temporary = real.with_name(f".{FILE}.{os.getpid()}")
        temporary.unlink(missing_ok=True)
        write_private(temporary, data)
        try:
            if real.exists():
                os.chmod(temporary, S_IMODE(real.stat().st_mode))
            os.replace(temporary, real)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        raise SettingsError(
            f"{path} cannot be written: {error.strerror}. Check who may write to its folder."
        ) from None
    return ""
