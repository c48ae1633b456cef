"""Read a blog page, saved as HTML or pasted as text: its title, its day and the text of its post."""

import posixpath
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from urllib.parse import quote, unquote

from bs4 import BeautifulSoup
from bs4.element import Tag

from journal_tui.entry.vocabulary import Vocabulary, english
from journal_tui.exchange.dates import iso_moment, parse_leading_date, parse_moment
from journal_tui.exchange.files import Files, text_of
from journal_tui.exchange.html_text import MAX_HTML, markdown, soup_of
from journal_tui.exchange.labels import is_label, separate_labels
from journal_tui.exchange.piece import Attachment, ImportItem, LeftOut, Piece, digest_key, tags_of

_IS_HTML = re.compile(
    r"\s*(?:<!--.*?-->\s*)*<(?:!doctype html|html|head|body|article|div|p|h[1-6]|main|section)\b",
    re.I | re.S,
)
# The parts of a page around a post on common blogs: each part's name in the plan, and its CSS selectors.
_AROUND = {
    "comment form": "#respond, .comment-respond, #commentform, form",
    "comments": "#comments, .comments-area, .comment-list, .commentlist, #disqus_thread",
    "share links": (
        ".sharedaddy, .sd-sharing, .share-buttons, .addtoany_share_save_container, .jp-relatedposts, .wpcnt, "
        ".sharing, .social-share, .post-share, .likes-widget, [class*=share-links]"
    ),
    "navigation": (
        "nav, .navigation, .post-navigation, .nav-links, .nav-previous, .nav-next, #site-navigation, "
        ".breadcrumbs, .skip-link, .menu, .post-nav, .pager"
    ),
    "sidebar": "aside, #secondary, .widget-area, .widget, #sidebar, .sidebar",
    "header and footer": (
        "body > header, body > footer, #masthead, #colophon, .site-header, .site-footer"
    ),
    "script": "script, style, noscript, template, iframe[src*=ads]",
}
_POST = (
    ".entry-content", ".post-content", ".post-body", "[itemprop=articleBody]", ".post-entry", ".entry-body",
    ".article-body", ".entrytext", ".entry", ".e-content", "article", "main", "#content", ".content", "body",
)  # fmt: skip
_TITLES = (
    "article .entry-title", ".entry-title", ".post-title", "[itemprop=headline]", ".p-name", "article h1", "main h1",
    "h1", "h2",
)  # fmt: skip
_DATES = (
    "article time[datetime]", ".entry-date[datetime]", "time.published[datetime]", "time[datetime]",
    "abbr.published[title]", "[itemprop=datePublished][content]",
)  # fmt: skip
_SAID_DATES = (
    ".entry-date",
    ".post-date",
    ".published",
    ".date",
    ".date-header",
    ".entry-meta",
    ".post-meta",
    "time",
)
_META_DATES = ("article:published_time", "datePublished", "date", "DC.date", "dc.date.issued")
_POSTED = re.compile(
    r"^[\s*_>#-]*(?:(?:posted|published|written|created|added)\s*(?:on|by\s+.{1,40}?\s+on|:)?|by\s+.{1,40}?\s+on|date\s*:|on)[\s:]+",
    re.IGNORECASE,
)
_AFTER_DATE = re.compile(
    r"^\s*(?:[|•·,–-]|by\b|in\b|at\b|@|\(|$|\d{1,2}[:.]\d{2}|leave a|no comments|\d+ comments?)",
    re.I,
)
# The lines that can begin a part of the page after the post, in a page that was pasted as text.
_TAIL = (
    ("share links", r"(?:share|like) this:?|sharing is caring.*|share on .*|click to (?:share|email|print).*|like loading.*|loading\.\.\.|be the first to like this\.?|tweet|share"),
    ("related posts", r"related(?: posts| articles)?:?|you may also like.*|more from .*"),
    ("navigation", r"post navigation|(?:←|<<)\s.*|.*\s(?:→|>>)|[«‹]\s[^»›]*|[^«‹]*\s[»›]|«\s.*\|.*\s»|(?:previous|next|older|newer)(?: post| entry| article)?s?:?.{0,80}|bookmark the permalink.*|skip to content"),
    ("post details", r"(?:posted|filed) (?:in|under)\b.*|tagged\b.*|(?:categories|tags|category):.*|published by .*|view all posts by .*|about the author.*|edit"),
    ("comment form", r"leave a (?:reply|comment).*|(?:post|write|add) a comment.*|cancel reply|your email address will not be published.*|enter your comment here.*|fill in your details below.*|.*\(address never made public\).*|notify me of (?:new|follow).*|log ?in to (?:reply|comment).*|comment \*|name \*|email \*"),
    ("comments", r"(?:\d+|one|two|three|four|five|no)\s+(?:responses?|comments?|thoughts?|replies|reply)(?:\s+(?:to|on)\b.*)?|comments?:?"),
    ("footer", r"(?:proudly )?powered by .*|blog at wordpress\.com\.?|theme: .*|copyright .*|©.*|search(?: for)?:?|recent (?:posts|comments):?|archives:?|meta:?|follow .{0,40}|subscribe.*"),
)  # fmt: skip
_TAILS = tuple(
    (what, re.compile(rf"[\s*_#>|-]*(?:{pattern})[\s*_|-]*", re.IGNORECASE))
    for what, pattern in _TAIL
)
# Lines that no post has, so one of them is enough to end it.
_STRONG = re.compile(
    r"[\s*_#]*(?:(?:share|like) this:|leave a (?:reply|comment)|like loading.*|post navigation|bookmark the permalink.*"
    r"|your email address will not be published.*|enter your comment here.*|proudly powered by .*|blog at wordpress\.com\.?"
    r"|\d+ (?:thoughts?|responses?|comments?) (?:on|to) .*)[\s*_]*",
    re.IGNORECASE,
)
_FEW_WORDS = 6
_DAY_TITLE = re.compile(r"[\s#*_]*(?:day|week)\s+#?\d{1,5}\b", re.IGNORECASE)
_MAX_BEFORE = 60


def is_html(text: str) -> bool:
    """Return whether a text is HTML."""
    return bool(_IS_HTML.match(text[:4096]))


def read(
    files: Files, path: str, order: str = "", vocabulary: Vocabulary | None = None
) -> Iterator[ImportItem]:
    """Yield the post of a page, and what was left out of it.

    `vocabulary` has the names of sections, besides the English ones.
    """
    words = vocabulary or english()
    text = text_of(files, path, MAX_HTML)
    left: Counter[str] = Counter()
    examples: dict[str, str] = {}
    piece = (
        _from_html(text, order, words, files, path, left, examples)
        if is_html(text)
        else _from_text(text, order, words, left, examples)
    )
    yield piece
    for what, number in left.items():
        yield LeftOut(what, number, examples.get(what, ""))


def _from_html(
    html: str,
    order: str,
    words: Vocabulary,
    files: Files,
    path: str,
    left: Counter[str],
    examples: dict[str, str],
) -> Piece:
    tree = soup_of(html)
    title = _first_text(tree, _TITLES)
    day, time = _html_day(tree, title, order)
    link = _link(tree)
    tags = [it.get_text(" ", strip=True) for it in tree.select("a[rel~=tag]")]
    post = next((found for selector in _POST if (found := _largest(tree, selector))), tree)
    for what, selector in _AROUND.items():
        for element in tree.select(selector):
            if element is post or element.decomposed or element in post.parents:
                continue
            if element.get_text(strip=True) and what != "script":
                left[what] += 1
            element.decompose()
    for heading in post.find_all(["h1", "h2"], limit=3):
        if title and heading.get_text(" ", strip=True) == title:
            heading.decompose()
            break
    outside = sum(
        len(str(text).split())
        for text in tree.find_all(string=True)
        if text.parent
        and text.parent.name not in ("script", "style", "title", "[document]")
        and not any(it is post for it in text.parents)
    )
    if outside:
        left["word outside the post"] += outside
    pictures = [*_pictures(post, files, path, left, examples)]
    text = separate_labels(markdown(post), words)
    return Piece(
        link or digest_key("page", title, text),
        text,
        day,
        "" if day else "the page doesn't say its day; give it with --on",
        time,
        title,
        {"source": link, "tags": tags_of(it for it in tags if it != "Uncategorized")},
        (link,) if link else (),
        tuple(dict.fromkeys(pictures)),
    )


def _pictures(
    post: Tag, files: Files, page: str, left: Counter[str], examples: dict[str, str]
) -> Iterator[Attachment]:
    """Yield the pictures that a browser saved beside a page, and count in `left` those that aren't in `files`."""
    known = set(files.paths())
    for image in post.find_all("img", src=True):
        source = str(image["src"]).strip()
        if re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:|/", source):
            continue
        near = unquote(source.partition("#")[0].partition("?")[0])
        place = posixpath.normpath(posixpath.join(posixpath.dirname(page), near))
        # In Markdown, a space would end the link.
        image["src"] = quote(near, safe="/-_.~")
        if place in known:
            yield Attachment(str(image["src"]), place)
        elif near:
            what = "picture that isn't in the import (import the folder of the page)"
            left[what] += 1
            examples.setdefault(what, near)


def _largest(tree: BeautifulSoup, selector: str) -> Tag | None:
    """Return the element with the most text that a CSS selector finds, or None."""
    return max(tree.select(selector), key=lambda it: len(it.get_text()), default=None)


def _first_text(tree: BeautifulSoup, selectors: tuple[str, ...]) -> str:
    for selector in selectors:
        for element in tree.select(selector):
            if said := element.get_text(" ", strip=True):
                return said
    if tree.title and (said := tree.title.get_text(" ", strip=True)):
        return re.split(r"\s[|–—-]\s(?=[^|–—-]*$)", said)[0]
    return ""


def _html_day(tree: BeautifulSoup, title: str, order: str) -> tuple[date | None, str]:
    for name in _META_DATES:
        for element in tree.find_all("meta", attrs={"property": name}) + tree.find_all(
            "meta", attrs={"name": name}
        ):
            if found := _moment_of(str(element.get("content") or "")):
                return found
    for selector in _DATES:
        for element in tree.select(selector):
            said = str(
                element.get("datetime") or element.get("title") or element.get("content") or ""
            )
            if found := _moment_of(said):
                return found
    for selector in _SAID_DATES:
        for element in tree.select(selector):
            if day := _day_in(element.get_text(" ", strip=True), order):
                return day, ""
    for line in tree.get_text("\n", strip=True).split("\n")[:200]:
        if len(line) < _MAX_BEFORE and (day := _day_in(line, order)):
            return day, ""
    return _day_in(title, order), ""


def _moment_of(stamp: str) -> tuple[date, str] | None:
    """Return the day and time of an ISO 8601 timestamp, "" for the time if it is a day alone; or None."""
    when = iso_moment(stamp)
    return (when.date(), f"{when:%H:%M}" if ":" in stamp or "T" in stamp else "") if when else None


def _link(tree: BeautifulSoup) -> str:
    for element in tree.select("link[rel=canonical][href], meta[property='og:url'][content]"):
        said = str(element.get("href") or element.get("content") or "")
        if re.fullmatch(r"https?://[^\s]+", said):
            return said
    return ""


def _day_in(line: str, order: str) -> date | None:
    """Return the day that a line says, alone or after words such as "Posted on"."""
    line = line.strip().strip("*_#> ")
    candidates = [line, _POSTED.sub("", line)]
    # A title may have the day after its number: Day 168 – Monday 6 October 2014.
    candidates += re.split(r"\s[–—|:-]\s|[|•·]|:\s", line)[1:]
    for one in candidates:
        if when := parse_moment(one, order):
            return when.day
        found = parse_leading_date(one, order)
        if found and _AFTER_DATE.match(one[found[1] :]):
            return found[0]
    return None


def _from_text(
    text: str, order: str, words: Vocabulary, left: Counter[str], examples: dict[str, str]
) -> Piece:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    dated = [
        (at, day)
        for at, line in enumerate(lines[: _MAX_BEFORE * 2])
        if (day := _day_in(line, order))
    ]
    date_at = dated[0][0] if dated else None
    day = dated[0][1] if dated else None
    titles = [at for at, line in enumerate(lines[:_MAX_BEFORE]) if _is_day_title(line)]
    near = [at for at in titles if date_at is None or at <= date_at]
    # Links to the previous and next days come before the title, and have the form of a title.
    title_at = near[-1] if near else titles[0] if titles else None
    if title_at is None:
        title_at = _title_line(lines, date_at)
    begin = 1 + max(-1 if title_at is None else title_at, -1 if date_at is None else date_at)
    title = lines[title_at].strip().strip("#*_ ") if title_at is not None else ""
    skipped = {title_at, date_at}
    for at, line in enumerate(lines[:begin]):
        if line.strip() and at not in skipped:
            left["line before the post"] += 1
            examples.setdefault("line before the post", line.strip()[:60])
    end = _end(lines, begin, words)
    body = lines[begin:end]
    what = ""
    for line in lines[end:]:
        if line.strip():
            what = _tail(line) or what
            left[f"line of {what}"] += 1
            examples.setdefault(f"line of {what}", line.strip()[:60])
    said = separate_labels("\n".join(body).strip("\n"), words)
    return Piece(
        digest_key("page", title, said),
        said,
        day,
        "" if day else "the text doesn't say its day; give it with --on",
        "",
        title,
    )


def _is_day_title(line: str) -> bool:
    return bool(_DAY_TITLE.match(line)) and not _tail(line)


def _end(lines: list[str], begin: int, words: Vocabulary) -> int:
    """Return the number of the first line after a post.

    Learning points and the rating belong to the post; so does a line such as "Edit" if sentences follow.
    """
    begin = max(
        (at + 1 for at in range(begin, len(lines)) if is_label(lines[at], words)), default=begin
    )
    for at in range(begin, len(lines)):
        if _STRONG.fullmatch(lines[at]):
            return at
        if _tail(lines[at]):
            following = next((line for line in lines[at + 1 :] if line.strip()), "")
            if _tail(following) or len(following.split()) < _FEW_WORDS:
                return at
    return len(lines)


def _tail(line: str) -> str:
    """Return the name of the part that a line begins after a post, such as "comments", or ""."""
    if not line.strip():
        return ""
    return next((what for what, pattern in _TAILS if pattern.fullmatch(line)), "")


def _title_line(lines: list[str], date_at: int | None) -> int | None:
    """Return the number of the title's line, or None if there is no title.

    It is the last line before the date, or the first of all if there is no date. If the page begins with
    the date, it is the date's own line or the one after it.
    """
    if date_at is None:
        return next((at for at, line in enumerate(lines) if line.strip()), None)
    before = [at for at in range(date_at) if lines[at].strip() and not _tail(lines[at])]
    if before:
        return before[-1]
    if len(lines[date_at].split()) > 6:
        # The title has the date in it.
        return date_at
    after = next((at for at in range(date_at + 1, len(lines)) if lines[at].strip()), None)
    if after is None or len(lines[after]) >= _MAX_BEFORE or lines[after].rstrip().endswith("."):
        return None
    return None if "".join(lines[after + 1 : after + 2]).strip() else after
