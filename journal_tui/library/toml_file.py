"""A file of settings in TOML: read with errors in plain sentences, and changed one value at a time."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from journal_tui.errors import SettingsError, UneditableSettings
from journal_tui.library.file_reader import NotPlain, TooLarge, read_plain

if TYPE_CHECKING:
    from tomlkit import TOMLDocument
    from tomlkit.items import Item

LARGEST = 1_000_000
Value = str | bool | date | tuple[str, ...]
"""A setting as a file holds it; a tuple is a list of texts."""


class SettingsEdit(NamedTuple):
    """An edit of a file of settings: its bytes before (None: no file) and after, and a warning or ""."""

    before: bytes | None
    after: bytes
    warning: str = ""


class TomlFile:
    """A file of settings, of which one value can be changed with every other byte kept.

    `check` raises SettingsError for parsed settings that can't be used. `write` replaces the file's
    bytes, its second argument (None: no file), by its first, and returns a warning or "". `lock` is
    held during a change.
    """

    def __init__(
        self,
        path: Path,
        check: Callable[[dict[str, Any]], object],
        write: Callable[[bytes, bytes | None], str],
        lock: Callable[[], AbstractContextManager[object]] = nullcontext,
    ) -> None:
        self.path = path
        self._check, self._write, self._lock = check, write, lock

    def data(self) -> dict[str, Any]:
        """Return the parsed settings; {} without a file. Raise SettingsError."""
        return toml(self.path) or {}

    def check(self, table: str, key: str, value: Value) -> None:
        """Raise SettingsError if a value can't be used, or can't be set in this file."""
        self._edited(content(self.path), table, key, value)

    def change(self, table: str, key: str, value: Value | None) -> SettingsEdit | None:
        """Set a value, or remove it if None; return None if there is nothing to change.

        Raise SettingsError if the file is broken or the value can't be used, UneditableSettings if it can't
        be set without other changes, SaveError if it can't be written; the file is then as it was.
        """
        with self._lock():
            data = self.data()
            part = data.get(table) if table else data
            known = part.get(key) if isinstance(part, dict) else None
            if known == (list(value) if isinstance(value, tuple) else value):
                return None
            before = content(self.path)
            after = self._edited(before, table, key, value)
            return SettingsEdit(before, after, self._write(after, before))

    def _edited(self, before: bytes | None, table: str, key: str, value: Value | None) -> bytes:
        import tomllib

        # A broken file is reported with its line.
        self.data()
        try:
            edited = set_value((before or b"").decode(), table, key, value)
            after = edited.encode()
        except ValueError:
            under = f", under [{table}]" if table else ""
            said = f"Remove {key} from it" if value is None else f"Set {key} in it"
            raise UneditableSettings(
                f"{self.path} can't be edited safely, so it was left as it is. "
                f"{said} yourself{under}."
            ) from None
        self._check(tomllib.loads(edited.removeprefix("\ufeff")))
        return after

    def undo(self, change: SettingsEdit) -> bool:
        """Put back the bytes before a change; False if the file isn't as the change left it."""
        with self._lock():
            if content(self.path) != change.after:
                return False
            if change.before is None:
                _delete(self.path)
            else:
                self._write(change.before, change.after)
            return True


def _delete(path: Path) -> None:
    """Delete a file. Raise SettingsError."""
    try:
        path.unlink()
    except OSError as error:
        raise SettingsError(
            f"{path} cannot be deleted: {error.strerror}. Check who may write to its folder."
        ) from None


def toml(path: Path) -> dict[str, Any] | None:
    """Parse a settings file; return None if it doesn't exist. Raise SettingsError; never block."""
    data = content(path)
    if data is None:
        return None
    import tomllib

    try:
        return tomllib.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise SettingsError(f"{path} is not UTF-8 text. Save it as UTF-8.") from None
    except (ValueError, RecursionError) as error:
        raise SettingsError(f"{path} is not valid TOML: {error}. Correct that line.") from None


def content(path: Path) -> bytes | None:
    """Read a settings file's bytes; return None if it doesn't exist. Raise SettingsError."""
    try:
        return read_plain(path, LARGEST)[0]
    except FileNotFoundError:
        return None
    except NotPlain:
        raise SettingsError(
            f"{path} is not a plain file. Replace it with a plain text file."
        ) from None
    except TooLarge:
        raise SettingsError(
            f"{path} is larger than 1 MB, too large for settings. Shorten it."
        ) from None
    except OSError as error:
        raise SettingsError(f"{path} cannot be read: {error.strerror}.") from None


def set_value(source: str, table: str, key: str, value: Value | None) -> str:
    """Return the source of a TOML file with one value set, or removed if None; other bytes stay.

    `table` is "" for the top level; a missing table is added at the end of the file. Raise ValueError if
    the source is not valid TOML or cannot be edited safely.
    """
    import tomllib

    # tomlkit is imported here, since it would slow down every start and only an edit needs it.
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    text = source.removeprefix("\ufeff")
    mark = source[: len(source) - len(text)]
    # tomlkit ends the lines that it adds with LF, and needs a line ending on the last line.
    crlf = 0 < text.count("\r\n") == text.count("\n")
    if crlf:
        text = text.replace("\r\n", "\n")
    ending = "\n" if text and not text.endswith("\n") else ""
    text += ending
    plain: Any = list(value) if isinstance(value, tuple) else value
    try:
        data = tomllib.loads(text)
        document = tomlkit.parse(text)
        if document.as_string() != text:
            raise ValueError("tomlkit does not reproduce this file")
        if value is None:
            _remove(document, table, key)
        else:
            _set(document, table, key, plain)
        edited = document.as_string()
    except (TOMLKitError, RecursionError) as error:
        raise ValueError(str(error)) from error
    part = (
        data if not table else data.get(table, {}) if value is None else data.setdefault(table, {})
    )
    if value is None:
        part.pop(key, None)
    else:
        part[key] = plain
    if tomllib.loads(edited) != data:
        raise ValueError("tomlkit changed more than this value")
    edited = edited.removesuffix(ending)
    return mark + (edited.replace("\n", "\r\n") if crlf else edited)


def _item(value: Any) -> "Item":
    """Return a value as tomlkit writes it; a text of several lines begins on a line of its own."""
    import tomlkit
    from tomlkit.items import Item

    if isinstance(value, str) and "\n" in value:
        # TOML ignores a line feed right after the opening quotes.
        lines = "\n".join(quoted(line)[1:-1] for line in value.split("\n"))
        parsed = tomlkit.parse(f'text = """\n{lines}"""\n')["text"]
        assert isinstance(parsed, Item)
        return parsed
    item: Item = tomlkit.item(value)
    return item


def _remove(document: "TOMLDocument", table: str, key: str) -> None:
    """Remove a value from a parsed TOML file; do nothing if it isn't there."""
    parent = document.get(table, {}) if table else document
    if not isinstance(parent, dict):
        raise ValueError(f"{table} isn't a table")
    if key in parent:
        del parent[key]


def _set(document: "TOMLDocument", table: str, key: str, value: Any) -> None:
    """Set a value in a parsed TOML file."""
    import tomlkit
    from tomlkit.container import Container
    from tomlkit.items import AoT, Comment, Table

    line = _item(value)
    if table and table not in document:
        added = tomlkit.table()
        added.append(key, line)
        if document.body:
            added.trivia.indent = "\n"
        document.append(table, added)
        return
    parent = document[table] if table else document
    if not isinstance(parent, dict):
        raise ValueError(f"{table} isn't a table")
    container = parent.value if isinstance(parent, Table) else parent
    # Inline tables, and tables that are split over the file, aren't containers with a body.
    if key in parent or not isinstance(container, Container):
        parent[key] = line
        return
    # tomlkit would add the line after the comment that introduces the next table.
    body = container.body
    tables = (
        i
        for i, (name, item) in enumerate(body)
        if isinstance(item, Table | AoT) and not (name and name.is_dotted())
    )
    end = next(tables, len(body))
    examples = (
        i
        for i in range(end)
        if isinstance(body[i][1], Comment) and body[i][1].as_string().startswith(f"# {key} = ")
    )
    place = max((i + 1 for i in range(end) if body[i][0] is not None), default=0)
    if place:
        line.trivia.indent = body[place - 1][1].trivia.indent
    elif not table:
        place = end
        while 0 < place < len(body) and isinstance(body[place - 1][1], Comment):
            place -= 1
    # Where the file has a commented example of the key, the line is expected there.
    body.insert(next(examples, place), (tomlkit.key(key), line))


def quoted(text: str) -> str:
    """Return a text as a quoted TOML string."""
    import json

    # A JSON string is a valid TOML basic string once DEL is escaped too.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
