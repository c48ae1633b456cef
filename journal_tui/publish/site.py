"""Make a blog of redacted entries: pages that need no script and no other site, a feed and a site map.

The templates are in `templates/`; a journal may have its own. A template is given only redacted content,
and every text that it puts into a page is escaped.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from jinja2 import ChoiceLoader, DictLoader, PackageLoader, PrefixLoader, StrictUndefined
from jinja2 import Environment as AnyEnvironment
from jinja2.exceptions import TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markupsafe import Markup

from journal_tui.counts import counted
from journal_tui.entry.model import LEARNING
from journal_tui.entry.tokenizer import fold_name
from journal_tui.entry.vocabulary import Vocabulary
from journal_tui.errors import SettingsError
from journal_tui.period import MONTHS, long_date
from journal_tui.publish.feed import FeedEntry, atom, site_map
from journal_tui.publish.redaction import ENTRY, PICTURE, TAG, Redacted, plain_text

TEMPLATES = (
    "base.html",
    "index.html",
    "year.html",
    "day.html",
    "tags.html",
    "tag.html",
    "points.html",
)
"""The templates that a journal may replace, besides `style.css`."""
STYLE = "style.css"
LATEST = 12
"""How many of the latest entries are on the first page."""
_IN_FEED = 20
_FAR = "../"
_LONGEST_TITLE = 70
"""The most characters of a page's title, because search engines and tabs cut longer ones."""


class Blog(NamedTuple):
    """The facts about a blog: title, language, author, description, and its web address if known, or ""."""

    title: str
    language: str = "en-GB"
    author: str = ""
    base_url: str = ""
    description: str = ""


class Post(NamedTuple):
    """An entry for a template. `address` is relative to the page that links to it.

    `label` is the beginning of the title, such as “Day 168”, or "", and `heading` the rest of the title.
    """

    title: str
    label: str
    heading: str
    day: date
    date_in_words: str
    address: str
    summary: str


class PostTag(NamedTuple):
    """A tag with its page, and how many entries have it."""

    name: str
    address: str
    uses: int


class PostPoint(NamedTuple):
    """A learning point with the entry that it is from."""

    text: Markup
    post: Post


def addresses(titles: Sequence[tuple[date, str, str, bool]]) -> list[str]:
    """Return an address, such as `2014/2014-10-06.html`, for each entry.

    An entry is given by its day, its period or "", its title, and whether it is a note of its day.
    """
    found: dict[str, None] = {}
    numbers: dict[str, int] = {}
    for day, period, title, is_note in titles:
        name = period or day.isoformat()
        if is_note:
            name += f"-{slug(title) or 'note'}"
        first = address = f"{day.year:04}/{name}"
        while f"{address}.html" in found:
            numbers[first] = numbers.get(first, 1) + 1
            address = f"{first}-{numbers[first]}"
        found[f"{address}.html"] = None
    return [*found]


def slug(words: str) -> str:
    """Return words as a part of an address: letters from a to z, digits and hyphens."""
    return "-".join(re.findall(r"[a-z0-9]+", fold_name(words)))[:60].strip("-")


class Site:
    """A blog of entries, the earliest first, each with its address.

    `own` are the journal's templates by their names.
    """

    def __init__(
        self,
        entries: Sequence[tuple[str, Redacted]],
        blog: Blog,
        vocabulary: Vocabulary,
        own: Mapping[str, str] | None = None,
    ) -> None:
        self._entries, self._blog, self._vocabulary = entries, blog, vocabulary
        self._own = own or {}
        self._environment = environment(self._own)
        self._by_path = {it.source.path: address for address, it in entries}
        tags: dict[str, list[int]] = {}
        for number, (_, entry) in enumerate(entries):
            for tag in entry.tags:
                tags.setdefault(tag, []).append(number)
        self._tags = dict(sorted(tags.items()))
        self._tag_pages: dict[str, str] = {}
        taken = {"index"}
        for number, tag in enumerate(self._tags, 1):
            name = slug(tag) or f"tag-{number}"
            while name in taken:
                name += f"-{number}"
            taken.add(name)
            self._tag_pages[tag] = f"tags/{name}.html"
        self._renderer = PageRenderer(vocabulary)

    def files(
        self, progress: Callable[[int, int], None] | None = None
    ) -> Iterator[tuple[str, bytes]]:
        """Yield the files of the blog: paths and contents."""
        total = len(self._entries)
        for number in range(total):
            if progress:
                progress(number, total)
            yield self._day(number)
        yield from self._lists()
        style = self._own.get(STYLE)
        yield STYLE, (style if style is not None else built_in_style()).encode()
        for _, entry in self._entries:
            for name, image in entry.images.items():
                yield f"images/{name}", image.data
        yield "feed.xml", self._feed()
        if self._blog.base_url:
            pages = ["index.html", *(address for address, _ in self._entries)]
            yield "sitemap.xml", site_map(self._blog.base_url, pages)

    def _day(self, number: int) -> tuple[str, bytes]:
        address, entry = self._entries[number]
        up = _up(address)
        resolve = self._resolver(up)
        previous = self._post(number - 1, up) if number else None
        following = self._post(number + 1, up) if number + 1 < len(self._entries) else None
        return self._page(
            "day.html",
            address,
            entry.title,
            post=self._post(number, up),
            body=self._renderer.blocks(entry.tokens, resolve),
            previous=previous,
            following=following,
            tags=[self._tag(tag, up) for tag in entry.tags],
            description=entry.summary,
        )

    def _lists(self) -> Iterator[tuple[str, bytes]]:
        years = self._years()
        latest = [self._post(number, "") for number in self._latest(LATEST)]
        yield self._page(
            "index.html", "index.html", "", posts=latest, total=len(self._entries),
            years=[(year, f"{year}/index.html", len(its)) for year, its in reversed(years.items())],
            description=self._blog.description,
        )  # fmt: skip
        known = list(years)
        for at, (year, its) in enumerate(years.items()):
            months: dict[str, list[Post]] = {}
            for number in its:
                month = MONTHS[self._entries[number][1].source.day.month - 1]
                months.setdefault(month, []).append(self._post(number, _FAR))
            yield self._page(
                "year.html", f"{year}/index.html", year, year=year, months=list(months.items()),
                total=len(its),
                previous=known[at - 1] if at else "", following=known[at + 1] if at + 1 < len(known) else "",
            )  # fmt: skip
        yield self._page(
            "tags.html",
            "tags/index.html",
            "Tags",
            tags=[self._tag(tag, _FAR) for tag in self._tags],
        )
        for tag, its in self._tags.items():
            posts = [self._post(number, _FAR) for number in reversed(its)]
            yield self._page("tag.html", self._tag_pages[tag], f"#{tag}", tag=tag, posts=posts)
        points = {
            year: [
                PostPoint(self._renderer.line(line, self._resolver("")), self._post(number, ""))
                for number in reversed(its)
                for line in self._entries[number][1].points
            ]
            for year, its in reversed(years.items())
        }
        yield self._page(
            "points.html", "learning-points.html", "Learning points",
            years=[(year, its) for year, its in points.items() if its],
            total=sum(map(len, points.values())),
        )  # fmt: skip

    def _page(self, template: str, address: str, title: str, **values: Any) -> tuple[str, bytes]:
        up = _up(address)
        base = self._blog.base_url
        common = {
            "blog": self._blog,
            "title": title,
            "page_title": _page_title(title, self._blog.title),
            "up": up,
            "is_first": address == "index.html",
            "here": address,
            "canonical": f"{base}{address}" if base else "",
            "counted": counted,
            "description": "",
        }
        try:
            made = self._environment.get_template(template).render({**common, **values})
        except Exception as error:
            # A template can raise anything, also by calling itself or filling the memory.
            if not self._own and not isinstance(error, TemplateError):
                raise
            raise _wrong_template(template, error) from None
        return address, made.encode("utf-8", "replace") + b"\n"

    def _years(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for number, (_, entry) in enumerate(self._entries):
            found.setdefault(f"{entry.source.day.year:04}", []).append(number)
        return found

    def _latest(self, most: int) -> list[int]:
        return list(range(len(self._entries)))[::-1][:most]

    def _post(self, number: int, up: str) -> Post:
        address, entry = self._entries[number]
        source = entry.source
        label, heading = split_title(entry.title, self._vocabulary)
        if not label and source.number is not None:
            label = f"{self._vocabulary.day_label} {source.number:,}"
        return Post(
            entry.title, label, heading, source.day, source.name or long_date(source.day), up + address,
            entry.summary,
        )  # fmt: skip

    def _tag(self, tag: str, up: str) -> PostTag:
        return PostTag(tag, up + self._tag_pages[tag], len(self._tags[tag]))

    def _resolver(self, up: str) -> Callable[[str], str]:
        """Return a function that turns an internal address into a link, or "" if it leads nowhere.

        `up` leads from the page to the blog's folder.
        """

        def resolve(address: str) -> str:
            if address.startswith(ENTRY):
                found = self._by_path.get(address.removeprefix(ENTRY), "")
            elif address.startswith(TAG):
                found = self._tag_pages.get(address.removeprefix(TAG), "")
            elif address.startswith(PICTURE):
                found = f"images/{address.removeprefix(PICTURE)}"
            else:
                return address
            return up + found if found else ""

        return resolve

    def _feed(self) -> bytes:
        base = self._blog.base_url
        listed = []
        for number in self._latest(_IN_FEED):
            address, entry = self._entries[number]
            content = str(self._renderer.blocks(entry.tokens, self._resolver(base)))
            listed.append(FeedEntry(entry.source.day, entry.title, address, entry.summary, content))
        blog = self._blog
        return atom(blog.title, blog.author or blog.title, blog.language, base, listed)


def split_title(title: str, vocabulary: Vocabulary) -> tuple[str, str]:
    """Return the label of a title such as “Day 168 – Monday”, or "", and the rest."""
    found = vocabulary.day_number.match(title)
    if not found:
        return "", title
    rest = title[found.end() :].strip(" \t–—-:,|·")
    return (found[0], rest) if rest else ("", title)


def _page_title(title: str, blog: str) -> str:
    """Return the title of a page for the browser: with the blog's title if there is room."""
    if not title:
        return blog
    whole = f"{title} – {blog}"
    return whole if len(whole) <= _LONGEST_TITLE else title


def _up(address: str) -> str:
    return _FAR * address.count("/")


def environment(own: Mapping[str, str]) -> AnyEnvironment:
    """Return the sandbox in which the built-in templates, or a journal's own, are rendered."""
    built_in = PackageLoader("journal_tui.publish")
    return ImmutableSandboxedEnvironment(
        loader=ChoiceLoader(
            [DictLoader(dict(own)), built_in, PrefixLoader({"built-in": built_in})]
        ),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def built_in_style() -> str:
    """Return the stylesheet of pages whose journal has none."""
    loader = PackageLoader("journal_tui.publish")
    return loader.get_source(AnyEnvironment(), STYLE)[0]


def _wrong_template(name: str, error: Exception) -> SettingsError:
    where = getattr(error, "name", None) or name
    line = getattr(error, "lineno", None)
    at = f", line {line}" if line else ""
    said = " ".join(str(error).split()) or type(error).__name__
    return SettingsError(
        f"The template {where}{at} can't be used: {said}. Correct it, or remove it."
    )


class _Renderer(RendererHTML):
    """Render tokens whose addresses are resolved by `env["resolve"]`; a link that leads nowhere shows its words."""

    def link_open(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        """Return the opening tag of a link."""
        token = tokens[idx]
        address = env["resolve"](str(token.attrs.get("href", "")))
        env["links"].append(bool(address))
        if not address:
            return ""
        made = Token("link_open", "a", 1)
        made.attrs = {**token.attrs, "href": address}
        return self.renderToken([made], 0, options, env)

    def link_close(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        """Return the closing tag of a link."""
        return "</a>" if env["links"].pop() else ""

    def image(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        """Return the tag of an image."""
        token = tokens[idx]
        made = Token("image", "img", 0)
        made.attrs = {**token.attrs, "src": env["resolve"](str(token.attrs.get("src", "")))}
        made.attrs["alt"] = plain_text(token.children or [])
        return self.renderToken([made], 0, options, env)


class PageRenderer:
    """Make HTML of redacted tokens; `resolve` turns an internal address into a link of the page, or ""."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._parser = MarkdownIt("commonmark", {"xhtmlOut": False}, renderer_cls=_Renderer)

    def blocks(
        self, tokens: Sequence[Token], resolve: Callable[[str], str], level: int = 2
    ) -> Markup:
        """Return blocks as HTML; their headings begin at `level` and skip no level."""
        return self._render(list(self._with_sections(list(_levelled(tokens, level)))), resolve)

    def line(self, tokens: Sequence[Token], resolve: Callable[[str], str]) -> Markup:
        """Return inline tokens as HTML."""
        inline = Token("inline", "", 0)
        inline.children = list(tokens)
        return self._render([inline], resolve)

    def _render(self, tokens: list[Token], resolve: Callable[[str], str]) -> Markup:
        env = {"resolve": resolve, "links": []}
        return Markup(self._parser.renderer.render(tokens, self._parser.options, env).strip())

    def _with_sections(self, tokens: Sequence[Token]) -> Iterator[Token]:
        """Yield the blocks, with `<section>` around learning points and `<div>` around tables."""
        inside = ""
        depth = 0
        for number, token in enumerate(tokens):
            if token.type == "heading_open" and depth == 0:
                if inside and token.tag <= inside:
                    yield _own_html("</section>\n")
                    inside = ""
                label = plain_text(tokens[number + 1].children or [])
                if not inside and self._vocabulary.section_of_heading(label) == LEARNING:
                    yield _own_html('<section class="points">\n')
                    inside = token.tag
            if token.type == "table_open":
                yield _own_html('<div class="table">\n')
            yield token
            if token.type == "table_close":
                yield _own_html("</div>\n")
            depth += token.nesting
        if inside:
            yield _own_html("</section>\n")


def _levelled(tokens: Iterable[Token], first: int) -> Iterator[Token]:
    """Yield tokens whose headings begin at the level `first` and skip no level."""
    shallowest: list[int] = []
    for token in tokens:
        if token.type not in ("heading_open", "heading_close"):
            yield token
            continue
        if token.type == "heading_open":
            level = int(token.tag[1])
            while shallowest and shallowest[-1] >= level:
                shallowest.pop()
            shallowest.append(level)
        copy = Token(
            token.type, f"h{min(len(shallowest) + first - 1, 6)}", token.nesting, block=True
        )
        copy.markup = token.markup
        yield copy


def _own_html(source: str) -> Token:
    token = Token("html_block", "", 0, block=True)
    token.content = source
    return token
