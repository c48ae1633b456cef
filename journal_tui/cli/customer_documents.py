"""The documents of `customers`: write the sheet for a visit, and write or read the register."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

from journal_tui.cli.context import Options, current_folder, open_journal, refreshed
from journal_tui.cli.output import Output, is_agreed, tell
from journal_tui.cli.output_file import form_of, write
from journal_tui.counts import counted
from journal_tui.entry.line_map import shortened
from journal_tui.entry.sanitize import one_line
from journal_tui.errors import UsageError

if TYPE_CHECKING:
    from journal_tui.customers.register import Change, RegisterReading
    from journal_tui.customers.sheet import Sheet
    from journal_tui.journal import Journal
    from journal_tui.period import Period

_SHEET_FORMS = {".md": "markdown", ".markdown": "markdown", ".html": "html", ".htm": "html"}
_REGISTER_FORMS = {".csv": "csv", ".md": "markdown", ".markdown": "markdown"}
_LARGEST = 16 * 1024 * 1024
_LONGEST = 60
_BYTE_ORDER_MARK = "\ufeff"
"""Without it, Excel reads UTF-8 as another encoding."""


def is_wanted(options: Options) -> bool:
    """Return whether the options ask for a document. Raise UsageError for an option without its document."""
    of_sheet = [name for name in ("theme", "names") if getattr(options, name)]
    if of_sheet and not options.sheet:
        raise UsageError(f"--{of_sheet[0]} is for a sheet: add --sheet.")
    of_reading = [name for name in ("plan", "yes") if getattr(options, name)]
    if of_reading and not options.read_register:
        raise UsageError(f"--{of_reading[0]} is for --read-register FILE.")
    if options.force and not options.output:
        raise UsageError("--force is for a file to replace: add -o FILE.")
    if options.output and not (options.sheet or options.register):
        raise UsageError("-o FILE is for --sheet and --register.")
    if options.form == "html" and not options.sheet:
        raise UsageError("--format html is for a sheet: add --sheet.")
    return bool(options.sheet or options.register or options.read_register)


def make(options: Options) -> int:
    """Print or write a document, or read an edited register."""
    name = " ".join(options.name)
    if name and not options.sheet:
        raise UsageError("The register has the promises to all customers: leave out the name.")
    if options.read_register:
        return _read(options)
    return _sheet(name, options) if options.sheet else _register(options)


def _period(journal: "Journal", options: Options) -> "Period | None":
    words = (options.period or "").strip()
    return journal.span(words).days if words else None


def _form(options: Options, endings: dict[str, str], usual: str) -> str:
    """Return the form of a document: that of --format, or of its file's suffix."""
    known = dict.fromkeys(endings.values())
    if options.form != "rows":
        if options.form not in known:
            raise UsageError(f"The format can be {' or '.join(known)} here, not {options.form}.")
        return str(options.form)
    if not options.output:
        return usual
    return form_of(options.output, endings)


def _sheet(name: str, options: Options) -> int:
    theme = (options.theme or "").strip().lstrip("#")
    if bool(name) == bool(theme):
        raise UsageError("A sheet is about one customer or one theme: give NAME or --theme TAG.")
    form = _form(options, _SHEET_FORMS, "markdown")
    journal = refreshed(open_journal(options))
    key = journal.customer_named(name).key if name else ""
    period = _period(journal, options)
    sheet = journal.customer_sheet(key, theme, period, names=options.names)
    if sheet.is_empty:
        tell("Nothing was said or promised, so there is no sheet.")
        return 1
    return _print_or_write(journal, _laid_out(sheet, form), options)


def _laid_out(sheet: "Sheet", form: str) -> str:
    if form == "html":
        from journal_tui.customers.sheet_page import sheet_page

        return sheet_page(sheet)
    from journal_tui.customers.sheet_markdown import sheet_markdown

    return sheet_markdown(sheet)


def _print_or_write(journal: "Journal", text: str, options: Options) -> int:
    """Print a document, or write it to the file given with -o."""
    if options.output:
        return write(journal, options.output, options.force, lambda _: text)
    out = Output()
    for line in text.splitlines():
        out.whole_line(line)
    return 0


def _register(options: Options) -> int:
    from journal_tui.improvement_register import ImprovementRegister

    form = _form(options, _REGISTER_FORMS, "csv")
    register = ImprovementRegister(refreshed(open_journal(options)))
    period = _period(register.journal, options)
    if not register.has_promises(period):
        tell("Nothing was promised to a customer, so there is no register.")
        return 1
    text = register.text(period, form)
    if form == "csv" and options.output:
        text = _BYTE_ORDER_MARK + text
    return _print_or_write(register.journal, text, options)


def _read(options: Options) -> int:
    """Show what an edited register changes, ask, and change the entries."""
    from journal_tui.improvement_register import ImprovementRegister

    if options.period or options.form != "rows":
        raise UsageError("--read-register can only be used with --plan or --yes.")
    journal = open_journal(options)
    if not options.plan:
        journal.entries.check_writable()
    data = _content(options.read_register)
    register = ImprovementRegister(refreshed(journal))
    reading = register.plan(data)
    out = Output()
    _print_plan(reading, out)
    if reading.faults:
        tell("Nothing was changed. Correct these cells, and read the register again.")
        return 1
    if options.plan or not reading.changes:
        return 0
    if not is_agreed("Change the entries?", "change them", options.yes, "Nothing was changed."):
        return 1
    done = register.apply(reading.changes)
    out.line(f"{counted(done.changed, 'promise')} changed.")
    for skipped in done.skipped:
        out.line(f"  {skipped.improvement.number}: {one_line(skipped.why)}", 4)
    for warning in dict.fromkeys(done.warnings):
        tell(warning)
    return 1 if done.skipped else 0


def _content(name: str) -> bytes:
    """Return the bytes of a file. Raise UsageError if it can't be read."""
    from journal_tui.journal import TooLarge, read_plain

    file = Path(current_folder() / os.path.expanduser(name))
    try:
        return read_plain(file, _LARGEST)[0]
    except FileNotFoundError:
        raise UsageError(f"There is no file {one_line(str(file))}.") from None
    except TooLarge:
        raise UsageError(
            f"{one_line(str(file))} is too large to be a register (over {_LARGEST >> 20} MB)."
        ) from None
    except OSError as error:
        raise UsageError(f"{one_line(str(file))} can't be read: {error.strerror}.") from None


def _print_plan(reading: "RegisterReading", out: Output) -> None:
    for fault in reading.faults:
        out.line(f"{fault.cell:>5}  {one_line(fault.why)}", 7)
    for change in reading.changes:
        out.line(f"{change.improvement.number}  {_said(change)}", 4)
        out.line(f"    {one_line(str(change))}", 4)
    if reading.ignored:
        columns = ", ".join(reading.ignored)
        out.line(
            f"Only days, states and reasons are read back from the register, so changes were ignored in: {columns}."
        )
    if not reading.faults:
        out.line(f"{counted(len(reading.changes), 'promise')} would change.")


def _said(change: "Change") -> str:
    return shortened(one_line(change.improvement.made.promise.text), _LONGEST)
