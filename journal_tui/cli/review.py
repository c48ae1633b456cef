"""The command `review`: look back on a period in words, or as a document in Markdown, HTML or JSON."""

from shlex import quote
from typing import TYPE_CHECKING

from journal_tui.cli.context import Options, open_journal, refresh_for_number, refreshed
from journal_tui.cli.output import BOLD, Output, tell
from journal_tui.cli.output_file import form_of, write
from journal_tui.errors import UsageError
from journal_tui.review import overview
from journal_tui.review.overview import OverviewLine, OverviewSection

if TYPE_CHECKING:
    from journal_tui.journal import Journal
    from journal_tui.review.review import Review
    from journal_tui.review.span import Span

DEFAULT = "month"
_WORDS = "words"
_ENDINGS = {
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".json": "json",
}


def review(options: Options) -> int:
    """Print the review of a period (by default this month), write it to a file, or close the period."""
    from journal_tui.cli import closing

    closing.check_options(options)
    if options.close:
        return closing.close(options)
    form = _form(options)
    journal = open_journal(options)
    words = " ".join(options.when).strip() or DEFAULT
    # A word that isn't a period is refused before the journal is read.
    refresh_for_number(journal, words)
    span = journal.span(words)
    refreshed(journal)
    if options.output:
        return _write(journal, span, form, options)
    out = Output()
    if form == "json":
        data = journal.review_data(span)
        out.json(data)
        return 0 if data["days"] or data["notes"] else 1
    found = journal.review(span)
    if found.is_empty:
        tell(overview.emptiness(found))
        return 1
    if form == _WORDS:
        _print(found, overview.sections(found, 5 if options.limit is None else options.limit), out)
    else:
        for line in journal.review_document(span, form, most=options.limit).splitlines():
            out.whole_line(line)
    return 0


def _form(options: Options) -> str:
    """Return the form of the review: that of --format, or of the file's suffix."""
    if options.force and not options.output:
        raise UsageError("--force is for a file to replace: add -o FILE.")
    if options.form != "rows":
        return str(options.form)
    if not options.output:
        return _WORDS
    return form_of(options.output, _ENDINGS)


def _write(journal: "Journal", span: "Span", form: str, options: Options) -> int:
    """Write the document to the file given with -o."""
    empty = overview.emptiness(journal.review(span))
    if empty:
        tell(f"{empty} No document was written.")
        return 1
    return write(
        journal,
        options.output,
        options.force,
        lambda file: journal.review_document(span, form, file.parent, options.limit),
    )


def _print(review: "Review", sections: list[OverviewSection], out: Output) -> None:
    _heading(review.span.title, out)
    if subtitle := overview.subtitle(review):
        out.line(subtitle)
    for section in sections:
        out.line()
        _heading(section.title, out)
        if section.key == "enjoyment" and (rows := overview.strip(review)):
            for row in rows:
                out.whole_line(f"  {row}")
            out.line(f"  {overview.legend(review.enjoyment.scale)}", 2)
        for line in section.lines:
            _print_line(line, out)


def _heading(title: str, out: Output) -> None:
    print(out.styled(title, [(0, len(title), BOLD)]))


def _print_line(line: OverviewLine, out: Output) -> None:
    indent = 2 + 2 * line.level
    text = line.text
    # A single day is named in the text; several days are given by a search.
    if line.query and len(line.days) > 1 and not line.level:
        text += f"  [journal find {quote(line.query)}]"
    out.line(f"{'':{indent}}{text}", indent + 2)
