"""Make a leaver's pack: a half for the successor and a personal half, each a folder of plain files.

Each half has Markdown files, and one HTML page with all of their text.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from markdown_it.token import Token
from markupsafe import Markup

from journal_tui.counts import counted
from journal_tui.entry.model import Scale
from journal_tui.entry.relative_time import plain_date
from journal_tui.entry.sanitize import escaped_markdown
from journal_tui.entry.vocabulary import Vocabulary
from journal_tui.page_template import page_templates
from journal_tui.publish.page_markdown import markdown, markdown_line
from journal_tui.publish.redaction import ENTRY, PICTURE, TAG, Redacted
from journal_tui.publish.site import PageRenderer, built_in_style, slug

HANDOVER, PERSONAL = "handover", "personal"


class CustomerSaid(NamedTuple):
    """A customer's words on a day, or "", and the promises made to the customer, in words that may leave."""

    customer: str
    day: date
    said: str
    promises: tuple[str, ...]


class PackSection(NamedTuple):
    """A section of a half, as a Markdown file, as a section of the page, or as both.

    `name` is that of the file without its suffix, or "" without a file; `title` is that of the section of
    the page, or "" without one.
    """

    name: str
    title: str
    source: str
    page: Markup


class PackMaker:
    """Make the files of one half of a pack from redacted entries, the earliest first."""

    def __init__(self, entries: Sequence[Redacted], vocabulary: Vocabulary, language: str) -> None:
        self._entries, self._vocabulary, self._language = entries, vocabulary, language
        self._renderer = PageRenderer(vocabulary)

    def handover(self, customers: Sequence[CustomerSaid]) -> Iterator[tuple[str, bytes]]:
        """Yield the files of the half for a successor: promises, customers and notes."""
        sections = [
            self._promises(),
            self._customers(customers),
            *self._notes(self._entries, "notes", "Notes"),
        ]
        yield from self._files(HANDOVER, "Handover", sections, self._entries)

    def personal(self) -> Iterator[tuple[str, bytes]]:
        """Yield the files of the personal half: learning points, ratings, and the notes of periods."""
        reflections = [it for it in self._entries if it.source.is_period]
        sections = [
            self._points(), self._ratings(), *self._notes(reflections, "reflections", "Reflections"),
        ]  # fmt: skip
        yield from self._files(PERSONAL, "Personal", sections, reflections)

    def _promises(self) -> PackSection:
        rows = []
        for it in self._entries:
            for promise in it.promises:
                facts = [f"from {it.source.name}"]
                facts += [f"due {plain_date(promise.due)}"] if promise.due else []
                facts += [f"waits for {promise.waiting}"] if promise.waiting else []
                rows.append((promise.tokens, ", ".join(facts)))
        return self._rows("promises", "Open promises", rows, "No promise is open.")

    def _points(self) -> PackSection:
        rows = [(tokens, it.source.name) for it in self._entries for tokens in it.points]
        return self._rows("learning-points", "Learning points", rows, "There is no learning point.")

    def _ratings(self) -> PackSection:
        scale: Scale = self._vocabulary.scale
        rows = [
            (it.rating.remark, f"{it.source.name}: {scale.shown(it.rating.value)}")
            for it in self._entries
            if it.rating
        ]
        return self._rows("ratings", "Ratings", rows, "No day is rated.")

    def _rows(
        self, name: str, title: str, rows: Sequence[tuple[list[Token], str]], nothing: str
    ) -> PackSection:
        lines, items = [], []
        for tokens, facts in rows:
            words = markdown_line(tokens, _in_half)
            lines.append(f"- {words} ({facts})" if words else f"- {facts}")
            shown = self._renderer.line(tokens, _in_half)
            items.append(Markup('<li>{} <span class="count">{}</span></li>\n').format(shown, facts))
        source = "\n".join(lines) if lines else nothing
        page = (
            Markup("<ul>\n{}</ul>").format(Markup("").join(items))
            if items
            else Markup("<p>{}</p>").format(nothing)
        )
        return PackSection(name, title, f"# {title}\n\n{source}\n", page)

    def _customers(self, said: Sequence[CustomerSaid]) -> PackSection:
        by_customer: dict[str, list[CustomerSaid]] = {}
        for it in said:
            by_customer.setdefault(it.customer, []).append(it)
        lines, parts = ["# Customers", ""], []
        for customer, its in by_customer.items():
            lines += [f"## {escaped_markdown(customer)}", ""]
            rows = []
            for it in its:
                when = plain_date(it.day)
                lines.append(f"- {when}: {escaped_markdown(it.said or 'promised')}")
                lines += [f"  - {escaped_markdown(promise)}" for promise in it.promises]
                promises = Markup("").join(Markup("<li>{}</li>").format(one) for one in it.promises)
                nested = Markup("<ul>{}</ul>").format(promises) if promises else ""
                rows.append(
                    Markup("<li>{}: {}{}</li>\n").format(when, it.said or "promised", nested)
                )
            lines.append("")
            parts.append(
                Markup("<h3>{}</h3>\n<ul>\n{}</ul>\n").format(customer, Markup("").join(rows))
            )
        if not by_customer:
            lines.append("Nothing was said or promised.")
            parts.append(Markup("<p>Nothing was said or promised.</p>"))
        source = "\n".join(lines).rstrip() + "\n"
        return PackSection("customers", "Customers", source, Markup("").join(parts))

    def _notes(self, entries: Sequence[Redacted], name: str, title: str) -> Iterator[PackSection]:
        used: dict[str, int] = {}
        parts = []
        for it in entries:
            file = f"{it.source.period or it.source.day}-{slug(it.title)}".strip("-")
            first = file
            while file in used:
                used[first] += 1
                file = f"{first}-{used[first]}"
            used[file] = 1
            text = f"# {escaped_markdown(it.title)}\n\n{markdown(it.tokens, _in_folder)}"
            body = self._renderer.blocks(it.tokens, _in_half, 4)
            head = f"{it.title} ({it.source.name})" if it.source.name not in it.title else it.title
            page = Markup("<article>\n<h3>{}</h3>\n{}\n</article>\n").format(head, body)
            parts.append(page)
            yield PackSection(f"{name}/{file}", "", text, Markup(""))
        nothing = Markup("<p>There are none.</p>")
        yield PackSection("", title, "", Markup("").join(parts) if parts else nothing)

    def _files(
        self, folder: str, title: str, sections: Sequence[PackSection], shown: Sequence[Redacted]
    ) -> Iterator[tuple[str, bytes]]:
        for it in sections:
            if it.name:
                yield f"{folder}/{it.name}.md", it.source.encode("utf-8", "replace")
        images = {name: image for it in shown for name, image in it.images.items()}
        for name, image in images.items():
            yield f"{folder}/images/{name}", image.data
        template = page_templates("journal_tui.publish").get_template("pack.html")
        page = template.render(
            title=title,
            language=self._language,
            style=Markup(built_in_style()),
            sections=[(it.title, slug(it.title), it.page) for it in sections if it.title],
            count=counted(len(self._entries), "entry"),
        )
        yield f"{folder}/index.html", page.encode("utf-8", "replace") + b"\n"


def _resolver(images: str) -> Callable[[str], str]:
    """Return a function that turns an internal address into a link; entries and tags have none in a pack."""

    def resolve(address: str) -> str:
        if address.startswith(PICTURE):
            return images + address.removeprefix(PICTURE)
        return "" if address.startswith((ENTRY, TAG)) else address

    return resolve


_in_half, _in_folder = _resolver("images/"), _resolver("../images/")
