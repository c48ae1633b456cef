"""One text of a TOML file set by a text edit, so that every other byte and comment stays."""


def with_text(source: str, table: str, key: str, value: str) -> str:
    """The source with `key` of a table ("" for the top) set to a text; the table is made at need.

    Raises ValueError where the edit of one line cannot do that.
    """
    import tomllib

    data = tomllib.loads(source.removeprefix("\ufeff"))
    edited = _edited(source, table, key, value)
    (data.setdefault(table, {}) if table else data)[key] = value
    # What looks like a line of its own may stand inside a longer text.
    if tomllib.loads(edited.removeprefix("\ufeff")) != data:
        raise ValueError(key)
    return edited


def _edited(source: str, table: str, key: str, value: str) -> str:
    import re

    from journal_tui.library.config import quoted

    ending = "\r\n" if "\r\n" in source else "\n"
    name = key if re.fullmatch("[A-Za-z0-9_-]+", key) else quoted(key)
    line = f"{name} = {quoted(value)}"
    start, end = _extent(source, table)
    if start < 0:
        return f"{_closed(source, ending)}{ending if source else ''}[{table}]{ending}{line}{ending}"
    names = "|".join(map(re.escape, {name, quoted(key), f"'{key}'"}))
    given = r'"(?:[^"\\\r\n]|\\.)*"|\'[^\'\r\n]*\'|[^\r\n]*'
    found = re.compile(rf"(?m)^([ \t]*(?:{names})[ \t]*=[ \t]*)(?:{given})").search(
        source, start, end
    )
    if found:
        return source[: found.end(1)] + quoted(value) + source[found.end() :]
    if table:
        # Comments and blank lines below the last key introduce what comes next.
        *lines, rest = source[start:end].split("\n")
        lines = [f"{line}\n" for line in lines] + [rest] * bool(rest)
        while lines and not lines[-1].partition("#")[0].strip():
            end -= len(lines.pop())
    head = _closed(source[:end], ending)
    return f"{head}{line}{ending}{source[end:]}"


def _closed(text: str, ending: str) -> str:
    """The text with its last line ended."""
    return text if not text.strip("\ufeff") or text.endswith("\n") else text + ending


def _extent(source: str, table: str) -> tuple[int, int]:
    """Where the lines of a table stand, its heading left out; (-1, -1) when there is none."""
    import re

    start = 0
    if table:
        heading = re.search(
            rf"(?m)^[ \t]*\[[ \t]*{re.escape(table)}[ \t]*\][ \t]*(?:#[^\r\n]*)?(?:\r?\n|\Z)",
            source,
        )
        if not heading:
            return -1, -1
        start = heading.end()
    following = re.compile(r"(?m)^[ \t]*\[").search(source, start)
    return start, following.start() if following else len(source)
