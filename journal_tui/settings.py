"""The person's own settings and folders; the journal's settings travel in its journal.toml."""

import os
import sys
from pathlib import Path
from stat import S_IMODE
from typing import NamedTuple

from journal_tui.errors import SettingsError
from journal_tui.library.config import content, set_text, toml

FILE = "settings.toml"
NAME = "journal-tui"
_TEXTS = ("journal", "theme", "editor")


class Places(NamedTuple):
    """The folders outside the journal: settings, the index (may be deleted), drafts and trash."""

    config: Path
    cache: Path
    state: Path


class Settings(NamedTuple):
    """What settings.toml says: the default journal, theme, editor command and keys by action.

    `links`: links that lead out of the journal may be written through. It is said here and not in
    journal.toml, since a folder that comes from elsewhere could bring both the link and the leave.
    """

    journal: str = ""
    theme: str = ""
    editor: str = ""
    keys: dict[str, str] = {}  # noqa: RUF012 - never changed
    links: bool = False


def places() -> Places:
    """This person's folders as the platform has them."""
    if sys.platform == "linux":
        return _xdg()
    from platformdirs import PlatformDirs

    folders = PlatformDirs(NAME, appauthor=False)
    return Places(folders.user_config_path, folders.user_cache_path, folders.user_state_path)


def _xdg() -> Places:
    """The folders of the XDG Base Directory Specification, as platformdirs gives them.

    platformdirs imports archives, random numbers and more: a tenth of the time of a search.
    """
    named = (
        ("XDG_CONFIG_HOME", ".config"),
        ("XDG_CACHE_HOME", ".cache"),
        ("XDG_STATE_HOME", ".local/state"),
    )
    folders = []
    for variable, usual in named:
        given = os.environ.get(variable, "").strip()
        base = Path(given) if os.path.isabs(given) else Path.home() / usual
        folders.append(base / NAME)
    return Places(*folders)


def load(config: Path) -> Settings:
    """The settings in this folder; defaults without a file. Raises SettingsError for a bad one."""
    path = config / FILE
    data = toml(path)
    if data is None:
        return Settings()
    texts = {key: data.get(key, "") for key in _TEXTS}
    for key, value in texts.items():
        if not isinstance(value, str):
            raise SettingsError(f"{path}: `{key}` should be text in quotes.")
    keys = data.get("keys", {})
    if not isinstance(keys, dict) or not all(isinstance(key, str) for key in keys.values()):
        raise SettingsError(f'{path}: [keys] should contain lines such as find = "f3".')
    links = data.get("links", False)
    if not isinstance(links, bool):
        raise SettingsError(f"{path}: `links` should be true or false, without quotes.")
    return Settings(**texts, keys=keys, links=links)


def follows_links(config: Path) -> bool:
    """Whether the person allows links out of the journal; settings that are broken allow none."""
    try:
        return load(config).links
    except SettingsError:
        return False


def loaded(config: Path) -> tuple[Settings, str]:
    """The settings, and a sentence where they cannot be read: then they are the usual ones."""
    try:
        return load(config), ""
    except SettingsError as error:
        return Settings(), str(error)


def remember(config: Path, key: str, value: str) -> None:
    """Set one text of settings.toml, all other lines left as they are. Raises SettingsError."""
    from journal_tui.library.privately import private_folder, write_private

    path = config / FILE
    if getattr(load(config), key) == value:
        return
    try:
        private_folder(config)
        # A link, as people keep for their dotfiles, stays one.
        real = Path(os.path.realpath(path))
        text = set_text((content(real) or b"").decode(), "", key, value)
        temporary = real.with_name(f".{FILE}.{os.getpid()}")
        temporary.unlink(missing_ok=True)
        write_private(temporary, text.encode())
        if real.exists():
            os.chmod(temporary, S_IMODE(real.stat().st_mode))
        os.replace(temporary, real)
    except ValueError:
        raise SettingsError(
            f'{path} was left as it is. Add this line to it yourself: {key} = "…"'
        ) from None
    except OSError as error:
        raise SettingsError(f"{path} cannot be written: {error.strerror}.") from None
