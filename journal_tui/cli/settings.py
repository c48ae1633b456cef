"""The command `journal settings`: show the settings of both files, and change one."""

import os

from journal_tui import settings as own
from journal_tui.all_settings import (
    KEYS,
    PAGE,
    AllSettings,
    Setting,
    SettingChange,
    filled_in,
    not_filled_in,
)
from journal_tui.cli.context import Options, open_journal
from journal_tui.cli.output import BOLD, Output, tell
from journal_tui.cli.write_commands import given_text
from journal_tui.entry.line_map import plain_newlines
from journal_tui.entry.sanitize import one_line
from journal_tui.errors import (
    ForeignJournal,
    JournalError,
    NoJournal,
    SettingsError,
    UsageError,
)
from journal_tui.journal import Journal

_NOT_SET = "–"


def settings(options: Options) -> int:
    """List the settings, print one, or set it."""
    journal, why_none = _journal(options)
    found = AllSettings(journal.places if journal else own.places(), journal)
    out = Output()
    if not options.name:
        if options.default:
            raise UsageError("Say which setting to reset: journal settings NAME --default.")
        if options.json:
            out.json(
                [_as_json(found, one) for is_own in (True, False) for one in found.settings(is_own)]
            )
            return 0
        return _print_list(found, why_none, out)
    setting = found.setting(options.name)
    if options.default:
        if options.value:
            raise UsageError("--default cannot be used with a value. Leave one of them out.")
        return _print_change(found, found.reset(setting), setting, out)
    if options.value:
        words = plain_newlines(given_text(options.value))
        if setting.name == "theme" or setting.kind == KEYS:
            # Checking keys and themes needs Textual, which is slow to import.
            from journal_tui.app.setting_checks import CHECKS

            found = AllSettings(found.places, journal, CHECKS)
        if setting.kind == PAGE and (said := not_filled_in(setting, words)):
            tell(f"{said} {filled_in(setting)}")
        return _print_change(found, found.set(setting, words), setting, out)
    if options.json:
        out.json(_as_json(found, setting))
        return 0
    value = found.value(setting) or found.default(setting)
    if setting.kind == PAGE:
        out.text(value)
    else:
        out.whole_line(value)
    return 0


def _journal(options: Options) -> tuple[Journal | None, str]:
    """Return the journal and "", or None and why it can't be opened: personal settings need no journal.

    Raise the error if the journal was named by --journal or $JOURNAL.
    """
    try:
        return open_journal(options), ""
    except (NoJournal, ForeignJournal, SettingsError) as error:
        if options.journal or os.environ.get("JOURNAL"):
            raise
        return None, str(error)


def _print_list(found: AllSettings, why_none: str, out: Output) -> int:
    code, wide, is_first = 0, 22, True
    for is_personal, title in ((True, "Yours"), (False, "This journal's")):
        if not is_personal and found.journal is None:
            out.line()
            out.line(why_none)
            break
        try:
            listed = found.settings(is_personal)
            rows = [(one.name, found.in_words(one), found.is_set(one)) for one in listed]
        except SettingsError as error:
            tell(f"journal: {error}")
            code = 1
            continue
        if not is_first:
            out.line()
        is_first = False
        file = found.file(listed[0])
        heading = f"{title}, in {one_line(str(file))}"
        print(out.styled(heading, [(0, len(title), BOLD)]))
        for name, value, is_set in rows:
            lead = f"  {name:{wide}} "
            note = "" if is_set else "  (default)" if value else ""
            out.line(f"{lead}{value or _NOT_SET}{note}", len(lead))
    if out.is_terminal and not code:
        out.line()
        out.line("To set one: journal settings NAME VALUE; for more: journal settings --help")
    return code


def _print_change(
    found: AllSettings, change: SettingChange | None, setting: Setting, out: Output
) -> int:
    file = found.file(setting)
    if change is None:
        value = "like that" if setting.kind == PAGE else found.in_words(setting) or _NOT_SET
        is_default = "" if found.is_set(setting) else " (the default)"
        out.line(f"{setting.name} is already {value}{is_default}. Nothing was written to {file}.")
        return 0
    value = found.in_words(setting) or _NOT_SET
    is_default = "" if found.is_set(setting) else " (the default)"
    out.line(f"{setting.name} is now {value}{is_default}, in {file}.")
    if change.before and setting.kind != PAGE and _can_be_set(found, setting, change.before):
        import shlex

        # Without this, a value that begins with a minus would be taken for an option.
        minus = "-- " if change.before.startswith("-") else ""
        back = f"journal settings {setting.name} {minus}{shlex.quote(change.before)}"
        out.line(f"To undo: {back}")
    elif not change.before:
        out.line(f"To undo: journal settings {setting.name} --default")
    if change.warning:
        tell(change.warning)
    return 0


def _can_be_set(found: AllSettings, setting: Setting, words: str) -> bool:
    """Return whether the old value of a setting could be set again; it may have been invalid."""
    if words == "-":
        # It means standard input.
        return False
    try:
        found.parse(setting, words)
    except JournalError:
        return False
    return True


def _as_json(found: AllSettings, setting: Setting) -> dict[str, object]:
    return {
        "name": setting.name,
        "value": found.value(setting) or found.default(setting),
        "is_set": found.is_set(setting),
        "file": str(found.file(setting)),
    }
