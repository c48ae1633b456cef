"""Lay out a period's document as Markdown, to be read, edited and printed by other programs."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from journal_tui.entry.model import shown
from journal_tui.entry.relative_time import plain_date
from journal_tui.entry.sanitize import escaped_markdown, one_line
from journal_tui.period import MONTHS
from journal_tui.review import overview
from journal_tui.review.document import Claim, Document, DocumentPart, Quote, own_title
from journal_tui.review.written_day import WrittenDay

_FEW = 6
"""The most days that are listed after a claim; more are listed by month below it."""
_DAYS = "The days"
_BY_LIST = ("enjoyment", "written")
"""The sections whose claims refer to the list of days, because that list has the ratings."""


def markdown(document: Document, link: Callable[[str], str]) -> str:
    """Return the document as Markdown; `link` returns the address of an entry's path."""
    return "\n".join(_Layout(document, link).lines()) + "\n"


class _Layout:
    def __init__(self, document: Document, link: Callable[[str], str]) -> None:
        self._document, self._link = document, link

    def lines(self) -> Iterator[str]:
        document = self._document
        yield f"# {escaped_markdown(document.title)}"
        yield ""
        about = f"From the journal “{escaped_markdown(one_line(document.journal))}”"
        when = f"made on {plain_date(document.made)}."
        which = f"{escaped_markdown(document.subtitle)}. " if document.subtitle else ""
        yield f"{which}{about}, {when}"
        if document.emptiness:
            yield ""
            yield escaped_markdown(document.emptiness)
            return
        yield ""
        yield from (f"- {count.label}: {count.value}" for count in document.counts)
        for section in document.sections:
            yield ""
            yield f"## {section.title}"
            yield ""
            if section.key == "enjoyment":
                yield from self._charts()
            for number, part in enumerate(section.parts):
                if number or part.title:
                    yield from self._heading(part, number == 0)
                for claim in part.claims:
                    yield from self._claim(claim, section.key in _BY_LIST)
        yield ""
        yield f"## {_DAYS}"
        yield ""
        for day in document.review.written.values():
            yield self._day(day)

    def _heading(self, part: DocumentPart, is_first: bool) -> Iterator[str]:
        if not is_first:
            yield ""
        yield f"### {escaped_markdown(part.title)}"
        yield ""

    def _charts(self) -> Iterator[str]:
        review = self._document.review
        if rows := overview.strip(review):
            yield from ("```text", *rows, overview.legend(review.enjoyment.scale), "```", "")
        found = review.enjoyment
        if found.median is None:
            return
        has_usual = any(share.usual is not None for share in found.shares)
        yield f"| Rating | Days |{' Usually |' if has_usual else ''} Which |"
        yield f"| ---: | ---: |{' ---: |' if has_usual else ''} --- |"
        for share in found.shares:
            usual = ""
            if has_usual:
                usual = f" {shown(round((share.usual or 0.0) * len(found.rated), 1))} |"
            days = share.figure.days
            which = self._days(days) if len(days) <= _FEW else f"{len(days):,}, see {self._all()}"
            yield f"| {share.step.label} | {share.figure.number:,} |{usual} {which} |"
        yield ""

    def _claim(self, claim: Claim, by_list: bool) -> Iterator[str]:
        """Yield a claim; with `by_list`, it refers to the list of days instead of naming many days."""
        text = escaped_markdown(claim.text)
        if claim.query:
            text += f" To see them: `journal find {claim.query}`"
        days = claim.days
        quoted = {quote.day for quote in claim.quotes if not quote.period}
        is_long = False
        if claim.notes:
            links = (f"[{day}]({self._link(path)})" for day, path in claim.notes)
            text += f" ({', '.join(links)})"
        elif self._document.is_all(days) or (by_list and len(days) > _FEW):
            text += f" ({self._all()})"
        elif days and not quoted.issuperset(days):
            is_long = len(days) > _FEW
            text += f" ({self._days(days)})" if not is_long else ""
        yield f"- {text}"
        for quote in claim.quotes:
            yield f"  - {self._quote(quote)}"
        if claim.left_out:
            yield f"  - and {claim.left_out:,} more"
        if is_long:
            yield f"  - Days: {self._months(days)}"

    def _all(self) -> str:
        return f"[{_DAYS.lower()}](#{_DAYS.lower().replace(' ', '-')})"

    def _days(self, days: Sequence[date]) -> str:
        return ", ".join(self._day_link(day, day.isoformat()) for day in days)

    def _months(self, days: Sequence[date]) -> str:
        months: dict[str, list[str]] = {}
        for day in days:
            name = f"{MONTHS[day.month - 1]} {day.year}"
            months.setdefault(name, []).append(self._day_link(day, str(day.day)))
        return "; ".join(f"{name}: {', '.join(links)}" for name, links in months.items())

    def _day_link(self, day: date, label: str) -> str:
        path = self._document.paths.get(day)
        return f"[{label}]({self._link(path)})" if path else label

    def _quote(self, quote: Quote) -> str:
        facts = f" ({escaped_markdown(', '.join(quote.facts))})" if quote.facts else ""
        return f"[{quote.label}]({self._link(quote.path)}) {escaped_markdown(quote.text)}{facts}".rstrip()

    def _day(self, day: WrittenDay) -> str:
        found = self._document.review.enjoyment
        rating = found.scale.shown(day.rating) if day.rating is not None else "without a rating"
        # If no day is rated, the section about enjoyment says so.
        said = [rating] if found.rated else []
        if words := one_line(day.remark) or own_title(day):
            said.append(escaped_markdown(words))
        return f"- [{day.day}]({self._link(day.path)}) {', '.join(said)}".rstrip()
