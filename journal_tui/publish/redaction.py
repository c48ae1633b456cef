"""Redact an entry: pass on the parts that may leave the journal, and leave out or replace all others.

A text is read as Markdown, and only tokens of known types are put together again: blocks, words, emphasis,
code, links and images. Nothing leaves but:

- the words, without private parts (`private_text`), comments, and elements that HTML hides;
- people and customers by their pseudonyms, or by their names if they may be named;
- ratings, follow-ups with expectations and verdicts, and feedback, if the options allow them;
- of the front matter a title, a description and tags;
- links to web pages and to published entries; of every other link only its words;
- images without their metadata, under new names.

Everything that is published, or put into a pack, goes through this module.
"""

import html
import itertools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from hashlib import sha256
from html.parser import HTMLParser
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from markdown_it import MarkdownIt
from markdown_it.token import Token

from journal_tui.entry import front_matter
from journal_tui.entry.entry import Entry
from journal_tui.entry.line_map import LINE_END
from journal_tui.entry.links import add_wiki_embeds, add_wiki_links, wiki_name
from journal_tui.entry.markdown_lines import (
    TEXT,
    after_front_matter,
    as_markdown,
    block_kinds,
    front_matter_end,
    heading,
    list_item,
    task_box,
    task_word,
)
from journal_tui.entry.mentions import mention_spans
from journal_tui.entry.model import FEEDBACK, FOLLOW_UP
from journal_tui.entry.parser import limit_nesting
from journal_tui.entry.sanitize import one_line, visible, without_unseen
from journal_tui.entry.tokenizer import fold_name
from journal_tui.entry.verdicts import VERDICTS, without_verdicts
from journal_tui.entry.vocabulary import Vocabulary
from journal_tui.period import long_date
from journal_tui.pseudonyms import Pseudonyms, apart, customer_of_tag
from journal_tui.publish.findings import (
    CUSTOMER,
    IMAGE,
    LEFT_OUT,
    LINK,
    PERSON,
    Finding,
    identifiers_in,
)
from journal_tui.publish.image_metadata import CleanImage
from journal_tui.publish.options import PublishingOptions
from journal_tui.publish.private_text import private_spans, without_private, without_spans

PUBLISH = "publish"
"""The key of the front matter that says whether an entry may leave."""
ENTRY, PICTURE, TAG = "entry:", "image:", "tag:"
"""The beginnings of internal addresses, which become links once the page of a text is known."""
_REFUSES = re.compile(
    r"^\W{0,9}publish\W{0,9}[:=]\W{0,9}(?:false|no|off)\b", re.MULTILINE | re.IGNORECASE
)
_TOP = 1000
"""The characters at the beginning of an entry in which any line can refuse publishing."""
_YES, _NO = ("true", "yes", "on"), ("false", "no", "off")
_DEEPEST = 40
_SUMMARY = 200
_LONGEST_LANGUAGE = 20
_COMMENT = re.compile(r"<!--.*?(?:--!?>|\Z)", re.DOTALL)
_HIDING = re.compile(
    r"<(?P<always>script|style|template|private|dialog|datalist|noscript|iframe|object|svg|math|head|title|select|textarea)\b[^>]{0,2000}>"
    r"|<(?P<hidden>[a-z][\w-]{0,40})\b(?=[^>]{0,2000}?(?:\bhidden\b|display\s{0,9}:\s{0,9}none|visibility\s{0,9}:\s{0,9}hidden))[^>]{0,4000}>",
    re.IGNORECASE,
)
_BARE_URL = re.compile(r"(?<![\w+.-])https?://[^\s<>\"]+", re.IGNORECASE)
_URL_END = ".,;:!?'*_~"
_DATED_FILE = re.compile(
    r"(?<![\w.-])(?:[\w.-]{1,80}/)*(?P<stem>[\w-]{0,120}\d[\w-]{0,120})(?P<suffix>(?i:\.(?:md|markdown|txt)))?"
)
_VERDICT = re.compile(rf"(?:{'|'.join(VERDICTS)}|happened)\s+\d{{4}}-\d\d-\d\d", re.IGNORECASE)
_EXPECTS = re.compile(
    r"[*_]{0,3}expect(?:ed|ation|ing|s)?[*_]{0,3}\s?:.*check(?:-back)?:", re.IGNORECASE
)
_LIKE_RATING = re.compile(
    r"\W*(?:[\w'’ ]{0,30}\b(?:rating|score|mood|enjoyment)\b\W{0,6})?\d{1,2}(?:[.,]\d+)?\s*(?:/|out of)\s*\d+\b",
    re.IGNORECASE,
)
"""A line that a reader would take for a rating, whatever its label."""
_FEEDBACK = re.compile(r"\bfeedbacks?\b", re.IGNORECASE)
_LIKE_FEEDBACK = re.compile(
    r"\W*(?:[\w'’]{1,20}\W{1,3}){0,2}feedback\b[^:：.!?]{0,40}[:：](?!\d)", re.IGNORECASE
)
"""The beginning of a line that a reader would take for feedback: “Feedback from the lab: …”."""
_COMMENT_LINE = re.compile(r"[ \t>]*\[(?://|comment|hidden|private)\]:", re.IGNORECASE)
"""The beginning of a link definition that is meant as a comment, even if Markdown doesn't read it as a definition."""
_TAG = re.compile(r"</?[a-z][^<>]{0,200}>", re.IGNORECASE)
_PROPERTY = re.compile(r"[ \t>]*(?:[-*+][ \t]+)?[A-Za-z][\w-]*::(?:[ \t]|$)")
_LONGEST_LABEL = 60
_QUOTE_SIGN = re.compile(r" {0,3}> ?")
_BEGINS_BLOCK = re.compile(r" {0,3}(?:[-*+•>#|`~=]|\d{1,9}[.)][ \t])")
_SHOWN_WORD = re.compile(r"[^\W_]+")
_PAIRED = frozenset((
    "paragraph", "heading", "blockquote", "bullet_list", "ordered_list", "list_item", "table", "thead",
    "tbody", "tr", "th", "td",
))  # fmt: skip
_INLINE_PAIRS = frozenset(("em", "strong", "s"))


class SourceEntry(NamedTuple):
    """An entry that may leave: its day, its path in the journal and its text.

    `name` is its day or period in words, `number` the number of its day, or None for a note, and `period`
    the name of its period, such as `2014-W41`, or "" if it isn't a period note.
    """

    day: date
    path: str
    text: str
    name: str = ""
    number: int | None = None
    period: str = ""

    @property
    def is_period(self) -> bool:
        """Whether it is the note of a period."""
        return bool(self.period)


class PublishedLink(NamedTuple):
    """The target of a link: its name in words, and its path if it is published, or else ""."""

    name: str
    path: str


class RedactedPromise(NamedTuple):
    """An open follow-up that leaves: the tokens of its line, its due day or None, and whom it waits for, or ""."""

    tokens: list[Token]
    due: date | None
    waiting: str


class RedactedRating(NamedTuple):
    """A rating that leaves, with the tokens of its remark."""

    value: float
    remark: list[Token]


class Redacted(NamedTuple):
    """What leaves of an entry.

    `tokens` are its blocks without the title, and `points` the tokens of each learning point. `promises`
    and `rating` are empty unless follow-ups and ratings may leave. Addresses in the tokens begin with
    `entry:`, `image:` or `tag:`, or are those of web pages. `images` are listed by the names that the
    tokens give them. `found` are the findings, and `texts` the words of each block that leaves.
    """

    source: SourceEntry
    title: str
    tokens: list[Token]
    points: list[list[Token]]
    tags: tuple[str, ...]
    summary: str
    images: dict[str, CleanImage]
    found: list[Finding]
    texts: list[str]
    promises: tuple["RedactedPromise", ...] = ()
    rating: "RedactedRating | None" = None

    @property
    def links(self) -> list[str]:
        """The paths of the published entries to which its blocks link."""
        targets = (str(it.attrs.get("href", "")) for it in _all_tokens(self.tokens))
        return [it.removeprefix(ENTRY) for it in targets if it.startswith(ENTRY)]


def publish_mark(text: str) -> bool | None:
    """Return whether the front matter marks an entry for publishing; None if it doesn't say.

    Return False for front matter that can't be read or has the key more than once.
    """
    # Most entries don't have the word, and reading YAML takes long.
    if PUBLISH not in text.lower():
        return None
    source = _front_matter_of(text)
    if PUBLISH not in source.lower():
        is_too_long = len(text) > front_matter.LIMIT and text.startswith(("---", "\ufeff---"))
        # A line of front matter that isn't closed, or isn't at the beginning, may still refuse publishing.
        is_refused = is_too_long and not source
        return False if is_refused or _REFUSES.search(text[:_TOP]) else None
    found = _read_front_matter(source)
    if found is None:
        return False
    if any(name == PUBLISH for name, _ in found.repeated):
        return False
    value = found.values.get(PUBLISH)
    if value is None:
        return False if _REFUSES.search(source) else None
    return isinstance(value, str) and value.strip().lower() in _YES


def without_unshown(text: str) -> str:
    """Return a text without its private parts, its comments, and what HTML hides."""
    shown = without_private(text)
    if "<" in shown:
        shown = without_spans(shown, [found.span() for found in _COMMENT.finditer(shown)])
        shown = without_spans(shown, [(start, end) for start, end, _ in _hidden_elements(shown)])
    return shown


def _hidden_elements(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield the spans and names of the HTML elements that a browser doesn't show."""
    position = 0
    while opens := _HIDING.search(text, position):
        name = opens["always"] or opens["hidden"]
        position = _end_of_element(text, opens.end(), name)
        yield opens.start(), position, name.lower()


def _front_matter_of(text: str) -> str:
    """Return the lines of the front matter, without the two lines `---`; or ""."""
    body = text.removeprefix("\ufeff")
    if not body.startswith("---"):
        return ""
    lines = re.split(r"\r\n|\n|\r", body[: 2 * front_matter.LIMIT])
    count = front_matter_end(lines)
    return "\n".join(lines[1 : count - 1]) if count else ""


# Cached because it is read several times for each entry, and parsing YAML takes a millisecond.
@lru_cache(maxsize=512)
def _read_front_matter(source: str) -> front_matter.FrontMatter | None:
    try:
        return front_matter.read(source)
    except front_matter.FrontMatterError:
        return None


class Redactor:
    """Redact entries, with the pseudonyms of the whole journal.

    `place` returns the target of a link in an entry, or None if it isn't in the journal. `image` returns
    the image that an entry names, or the end of a sentence about why it is left out. `files` has the names
    of files in the journal, which don't leave, each with the words that replace it; the names are in lower
    case, without folder and suffix.
    """

    def __init__(
        self,
        allowed: PublishingOptions,
        pseudonyms: Pseudonyms,
        vocabulary: Vocabulary,
        place: Callable[[str, SourceEntry], PublishedLink | None] = lambda target, source: None,
        image: Callable[[str, SourceEntry], CleanImage | str] = lambda target, source: (
            "it isn't there"
        ),
        files: Mapping[str, str] | None = None,
    ) -> None:
        self.allowed, self.pseudonyms, self.vocabulary = allowed, pseudonyms, vocabulary
        self.place, self.image, self.files = place, image, files or {}
        self.parser = _parser()

    def title(self, source: SourceEntry) -> str:
        """Return the title under which an entry leaves."""
        return _Redaction(self, source).title()

    def redact(self, source: SourceEntry) -> Redacted:
        """Return what leaves of an entry, and what was found in it."""
        return _Redaction(self, source).redacted()

    def text(self, text: str) -> str:
        """Return the words of one line of text that may leave, without signs of Markdown."""
        day = date(2000, 1, 1)
        found = _Redaction(self, SourceEntry(day, "", text))
        return plain_text(found.line(found.visible_text(text)))


def _parser() -> MarkdownIt:
    """Return a parser that finds HTML, so that it can be left out."""
    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    add_wiki_embeds(add_wiki_links(limit_nesting(parser, _DEEPEST)))
    # Addresses such as file:///home/ann would be words otherwise; here they are links that lead nowhere.
    parser.validateLink = lambda url: True  # type: ignore[method-assign]
    return parser


class _Redaction:
    """Redact one entry."""

    def __init__(self, redactor: Redactor, source: SourceEntry) -> None:
        self.redactor, self.source = redactor, source
        self.allowed, self.pseudonyms = redactor.allowed, redactor.pseudonyms
        self.vocabulary = redactor.vocabulary
        self.found: list[Finding] = []
        self.texts: list[str] = []
        self.tags: dict[str, None] = {}
        self.images: dict[str, CleanImage] = {}
        self._shown: frozenset[str] | None = None
        self._text_lines: list[_Line] | None = None

    def visible_text(self, text: str) -> str:
        """Return the text without private parts, comments and what HTML hides."""
        for span in private_spans(text):
            self._left_out("text marked as private" + (f": {span.fault}" if span.fault else ""))
        text = without_private(text)
        if "<" in text:
            kept = without_spans(text, [found.span() for found in _COMMENT.finditer(text)])
            if kept != text:
                self._left_out("a comment")
            text = self._without_hidden(kept)
        return text

    def _without_hidden(self, text: str) -> str:
        """Return a text without the elements of HTML that a browser doesn't show."""
        found = [*_hidden_elements(text)]
        for _, _, name in found:
            self._left_out(f"HTML that isn't shown (<{name}>)")
        return without_spans(text, [(start, end) for start, end, _ in found])

    def _body(self) -> str:
        """Return the visible text after the front matter."""
        whole = after_front_matter(self.source.text)
        shown = self.visible_text(whole)
        # Leaving out a part may take a sign of Markdown with it, so that an address, say, now looks like words.
        self._shown = self._words_shown(whole) if shown != whole else None
        # A rule `---` in the first line would be taken for front matter.
        return "\n" + shown

    def _words_shown(self, text: str) -> frozenset[str]:
        """Return the words that a page made of a text would show."""
        found: set[str] = set()
        for token in _all_tokens(self.redactor.parser.parse(as_markdown("\n" + text))):
            if token.type in ("text", "code_inline", "fence", "code_block"):
                found.update(_SHOWN_WORD.findall(token.content))
            elif token.type in ("html_block", "html_inline"):
                found.update(_SHOWN_WORD.findall(_shown_words(token.content)))
            elif token.type == "image":
                found.update(_SHOWN_WORD.findall(plain_text(token.children or ())))
        return frozenset(found)

    def _is_shown(self, text: str) -> bool:
        """Return whether all words of a text were also shown before parts of the entry were left out."""
        if self._shown is None or self._shown.issuperset(_SHOWN_WORD.findall(text)):
            return True
        self._left_out("text that isn't shown until something beside it is left out")
        return False

    def title(self) -> str:
        entry = Entry(self.source.day, self._body(), self.vocabulary)
        return self._title(entry)

    def _title(self, entry: Entry) -> str:
        said = entry.outline.title_line if self._title_span(entry) else ""
        title = plain_text(self.line(said)) or plain_text(self._front_line("title"))
        return title or self.source.name or long_date(self.source.day)

    @staticmethod
    def _title_span(entry: Entry) -> tuple[int, int] | None:
        """Return the span of the heading with which an entry begins, or None."""
        outline = entry.outline
        for start, end in outline.headings:
            if start <= outline.title_at < end and not entry.text[:start].strip():
                return start, end
        return None

    def redacted(self) -> Redacted:
        body = self._body()
        entry = Entry(self.source.day, body, self.vocabulary)
        title = self._title(entry)
        self.texts.append(title)
        self._front_tags()
        cuts = self._cuts(entry)
        if cuts and self._shown is None:
            self._shown = self._words_shown(after_front_matter(self.source.text))
        points = []
        for point in entry.points:
            if any(start < point.end and point.start < end for start, end in cuts):
                continue
            said = without_verdicts(point.text) if not self.allowed.follow_ups else point.text
            if tokens := self.line(said):
                points.append(tokens)
        text = _without(body, cuts)
        tokens = self._blocks(self.redactor.parser.parse(as_markdown(text)))
        summary = plain_text(self._front_line("description")) or plain_text(
            self._front_line("summary")
        )
        return Redacted(
            self.source,
            title,
            tokens,
            points,
            tuple(self.tags),
            summary or _summary(tokens),
            self.images,
            self.found,
            self.texts,
            tuple(self._promises(entry)),
            self._rating(entry),
        )

    def _promises(self, entry: Entry) -> Iterator[RedactedPromise]:
        # These include follow-ups below feedback, even if the feedback doesn't leave.
        for task in entry.tasks if self.allowed.follow_ups else ():
            said = task.text.replace(f"waiting:{task.waiting}", "") if task.waiting else task.text
            if not task.is_closed and (tokens := self.line(said)):
                yield RedactedPromise(tokens, task.due, self._masked(task.waiting))

    def _rating(self, entry: Entry) -> RedactedRating | None:
        rating = entry.rating if self.allowed.ratings else None
        return RedactedRating(rating.value, self.line(rating.remark)) if rating else None

    def _values(self) -> dict[str, front_matter.Value]:
        found = _read_front_matter(_front_matter_of(self.source.text))
        return found.values if found else {}

    def _front_line(self, key: str) -> list[Token]:
        """Return the value of a key in front matter as redacted tokens; [] if it isn't one text."""
        value = self._values().get(key, "")
        shown, self._shown = self._shown, None
        found = self.line(self.visible_text(value)) if isinstance(value, str) else []
        self._shown = shown
        return found

    def _front_tags(self) -> None:
        """Add the tags of the front matter, without those in a private part, which may begin and end in other tags."""
        for key in front_matter.KEYS_OF_TAGS:
            tags = front_matter.strings(self._values().get(key))
            joined = "\n".join(tags)
            spans = private_spans(joined)
            position = 0
            for tag in tags:
                start, position = position, position + len(tag) + 1
                if any(it.start < position and start < it.end for it in spans):
                    self._left_out("text marked as private")
                elif "<" in tag or "&" in tag:
                    self._left_out("a tag with HTML in it")
                else:
                    self._tag(without_unseen(tag).lstrip("#"))

    def _cuts(self, entry: Entry) -> list[tuple[int, int]]:
        """Return the spans of whole lines that don't leave."""
        text, outline, allowed = entry.text, entry.outline, self.allowed
        found: list[tuple[int, int]] = []
        if span := self._title_span(entry):
            found.append(span)
        unwanted = [
            kind
            for kind, is_allowed in ((FEEDBACK, allowed.feedback), (FOLLOW_UP, allowed.follow_ups))
            if not is_allowed
        ]
        for section in outline.sections:
            if section.kind in unwanted:
                found.append((section.start, section.end))
                self._left_out("feedback" if section.kind == FEEDBACK else "follow-ups")
        found += self._sections_by_heading(entry, unwanted)
        if not allowed.follow_ups:
            for task in entry.tasks:
                found.append((task.start, _end_of_item(text, task.start, task.end)))
                self._left_out("a follow-up")
            end, last = 0, (-1, -1)
            for one in entry.expectations:
                line = self._lines_of(entry)[one.line - 1]
                start, depth = line.start, _depth(line.text)
                # An expectation within the lines of another at the same depth is left out with that one.
                if start >= end or depth != last:
                    end, last = _end_of_item(text, start, start), depth
                    found.append((start, end))
                self._left_out("an expectation")
            found += self._like_follow_ups(entry)
        if not allowed.ratings:
            if outline.rating_start is not None and outline.slot:
                found.append((outline.rating_start, outline.slot.remark_end))
                self._left_out("the rating")
            for start, end in self._other_ratings(entry):
                if not any(a <= end and start <= b for a, b in found):
                    self._left_out("a line like a rating")
                found.append((start, end))
        found += self._sections_by_label(entry, unwanted)
        if not allowed.feedback:
            found += self._reported(entry, ("feedback",))
            found += self._like_feedback(entry)
        found += self._properties(entry)
        found += self._comment_lines(entry)
        return found

    def _reported(self, entry: Entry, words: Sequence[str]) -> Iterator[tuple[int, int]]:
        """Yield the spans of paragraphs and list items whose reported problem has one of these words."""
        reported = {it.line for it in entry.problems if any(word in it.text for word in words)}
        lines = self._lines_of(entry)
        for at, (number, start, line, is_code) in enumerate(lines):
            if number in reported and not is_code:
                is_item = list_item(line) is not None
                ends = _end_of_item(entry.text, start, start) if is_item else 0
                yield start, ends or _end_of_block(lines, at)

    def _lines_of(self, entry: Entry) -> "list[_Line]":
        """Return the lines of the entry's text, which are computed once."""
        if self._text_lines is None:
            found = [*_lines(entry.text)]
            kinds = block_kinds([line for _, _, line in found])
            self._text_lines = [
                _Line(*it, kind != TEXT) for it, kind in zip(found, kinds, strict=True)
            ]
        return self._text_lines

    def _like_follow_ups(self, entry: Entry) -> Iterator[tuple[int, int]]:
        """Yield the spans of paragraphs that may be follow-ups, though they aren't read as such."""
        yield from self._reported(entry, ("follow-up", "due date"))
        lines = self._lines_of(entry)
        for at, (_, start, line, is_code) in enumerate(lines):
            bare = line.strip().lstrip("*_>- \t")
            is_like = self.vocabulary.is_maybe_follow_up(bare) or task_word(bare)
            if is_like and not is_code and list_item(line) is None:
                yield start, _end_of_block(lines, at)

    def _properties(self, entry: Entry) -> Iterator[tuple[int, int]]:
        """Yield the spans of lines such as `mood:: calm`, which are properties in other programs."""
        if "::" not in entry.text:
            return
        kept = [(it.start, it.end) for it in entry.points]
        for _, start, line, is_code in self._lines_of(entry):
            end = start + len(line)
            if is_code or not _PROPERTY.match(line):
                continue
            if not any(a < end and start < b for a, b in kept):
                yield start, end
                self._left_out("a property of another program")

    def _like_feedback(self, entry: Entry) -> Iterator[tuple[int, int]]:
        """Yield the spans of paragraphs and list items that begin like feedback but aren't read as feedback."""
        lines = self._lines_of(entry)
        for at, (_, start, line, is_code) in enumerate(lines):
            if is_code or not _LIKE_FEEDBACK.match(line):
                continue
            is_item = list_item(line) is not None
            yield (
                start,
                _end_of_item(entry.text, start, start) if is_item else _end_of_block(lines, at),
            )
            self._left_out("feedback")

    def _comment_lines(self, entry: Entry) -> Iterator[tuple[int, int]]:
        """Yield the spans of lines such as `[//]: # (words)`, which many use as comments."""
        for _, start, line, is_code in self._lines_of(entry) if "]:" in entry.text else ():
            if not is_code and _COMMENT_LINE.match(line):
                yield start, start + len(line)
                self._left_out("a comment")

    def _kind_of_label(self, label: str) -> str | None:
        kind = self.vocabulary.section_of_heading(label)
        return kind if kind is not None else self.vocabulary.possible_section(label)

    def _sections_by_heading(
        self, entry: Entry, unwanted: Sequence[str]
    ) -> Iterator[tuple[int, int]]:
        """Yield the spans of headings for feedback, follow-ups or a rating, each with the text below it."""
        text = entry.text
        heads = [(start, end, _level(text[start:end])) for start, end in entry.outline.headings]
        for number, (start, end, level) in enumerate(heads):
            label = re.split(r"[\r\n]", text[start:end])[0].strip("# \t")
            kind = self._kind_of_label(label)
            if kind is None and _FEEDBACK.search(label):
                kind = FEEDBACK
            is_rating = not self.allowed.ratings and self.vocabulary.rating(label) is not None
            if kind in unwanted or is_rating:
                later = (at for at, _, other in heads[number + 1 :] if other <= level)
                yield start, next(later, len(text))
                if not is_rating:
                    self._left_out("feedback" if kind == FEEDBACK else "follow-ups")

    def _sections_by_label(
        self, entry: Entry, unwanted: Sequence[str]
    ) -> Iterator[tuple[int, int]]:
        """Yield the spans of lines that are a label such as “Feedback:”, each with the block or list below it."""
        lines = self._lines_of(entry)
        end = 0
        for number, (_, start, line, is_code) in enumerate(lines):
            if start < end or is_code:
                continue
            bare = line.strip().lstrip(">-*+•_ \t").rstrip("*_ \t")
            if not bare or len(bare) > _LONGEST_LABEL or not bare[0].isupper():
                continue
            # “Customer feedback:” or “**Feedback from the lab**” isn't a label to the parser, but is to a reader.
            is_alone = bare[-1:] in (":", "：") or line.strip().startswith(("**", "__"))
            is_like = is_alone and _LIKE_FEEDBACK.fullmatch(bare.rstrip(":： ") + ":")
            kind = FEEDBACK if is_like else self._kind_of_label(bare.rstrip(":： "))
            if kind not in unwanted:
                continue
            end, has_text, is_after_blank = start + len(line), False, False
            for _, at, other, is_code_too in lines[number + 1 :]:
                if not other.strip() and not is_code_too:
                    is_after_blank = True
                    continue
                is_item = is_code_too and not is_after_blank
                is_item = is_item or list_item(other) is not None or other[:1] in (" ", "\t")
                if has_text and is_after_blank and not is_item:
                    break
                if other.lstrip().startswith("#") and heading(other):
                    break
                end, has_text, is_after_blank = at + len(other), True, False
            yield start, end
            self._left_out("the text below a label")

    def _other_ratings(self, entry: Entry) -> Iterator[tuple[int, int]]:
        """Yield the spans of paragraphs that begin like a rating, or were reported because they may be one."""
        yield from self._reported(entry, ("rating",))
        lines = self._lines_of(entry)
        for at, (_, start, line, is_code) in enumerate(lines):
            if is_code:
                continue
            bare = (_TAG.sub("", line) if "<" in line else line).strip().lstrip(">-*+•#| \t")
            if self.vocabulary.rating(bare) is not None or _LIKE_RATING.match(bare):
                yield start, _end_of_block(lines, at)
            elif any(self.vocabulary.rating_fields(line)):
                yield start, start + len(line)

    def _blocks(self, tokens: Sequence[Token]) -> list[Token]:
        """Return the blocks that leave."""
        kept: list[Token] = []
        number = 0
        while number < len(tokens):
            token = tokens[number]
            kind = token.type.removesuffix("_open").removesuffix("_close")
            if token.type == "list_item_open" and self._is_unwanted(tokens, number):
                number = closing_index(tokens, number) + 1
                self._left_out("a follow-up")
                continue
            if kind in _PAIRED:
                kept.append(_bare_block(token))
            elif token.type == "inline":
                kept.append(self._inline(token.children or (), token))
            elif token.type in ("fence", "code_block"):
                copy = Token("fence", "code", 0, block=True, markup=token.markup or "```")
                lines = [it for it in token.content.splitlines(keepends=True) if self._is_shown(it)]
                copy.content = self._masked("".join(lines))
                language = re.match(r"[A-Za-z0-9+#-]+", token.info.strip())
                if language and len(language[0]) <= _LONGEST_LANGUAGE:
                    is_name = self.pseudonyms.has_name(language[0])
                    copy.info = "" if is_name else language[0]
                kept.append(copy)
            elif token.type == "hr":
                kept.append(Token("hr", "hr", 0, block=True, markup="---"))
            elif token.type == "html_block":
                self._left_out("HTML around words")
                if words := _shown_words(token.content):
                    # Markdown inside an HTML block isn't parsed, but the writer means it as Markdown.
                    kept += _paragraph(self._inline(self._read_line(words)), token.hidden)
            number += 1
        return self._without_empty(kept)

    def _is_unwanted(self, tokens: Sequence[Token], number: int) -> bool:
        """Return whether a list item must be left out: a follow-up, an expectation or a verdict."""
        if self.allowed.follow_ups:
            return False
        inline = next((it for it in tokens[number + 1 : number + 3] if it.type == "inline"), None)
        if inline is None:
            return False
        said = inline.content
        return bool(
            task_box(said) or task_word(said) or _VERDICT.match(said) or _EXPECTS.match(said)
        )

    def _without_empty(self, tokens: list[Token]) -> list[Token]:
        """Return blocks without empty ones, and without the headings of empty sections."""
        while True:
            kept: list[Token] = []
            for token in tokens:
                before = kept[-1] if kept else None
                if before and token.nesting < 0 and before.nesting > 0 and _is_pair(before, token):
                    if token.type in ("td_close", "th_close", "tr_close"):
                        kept.append(token)
                    else:
                        kept.pop()
                elif token.type == "inline" and not token.children and _may_go(before):
                    continue
                else:
                    kept.append(token)
            kept = [it for number, it in enumerate(kept) if not self._is_left_alone(kept, number)]
            if len(kept) == len(tokens):
                return kept
            tokens = kept

    def _is_left_alone(self, tokens: Sequence[Token], number: int) -> bool:
        """Return whether a token belongs to the heading of a section in which nothing is left."""
        for start in range(max(number - 2, 0), number + 1):
            token = tokens[start]
            if token.type != "heading_open" or start + 2 < number:
                continue
            label = plain_text(tokens[start + 1].children or [])
            if self.vocabulary.section_of_heading(label) is None:
                continue
            after = tokens[start + 3] if start + 3 < len(tokens) else None
            if after is None or (after.type == "heading_open" and after.tag <= token.tag):
                return True
        return False

    def line(self, text: str) -> list[Token]:
        """Return one line of text as redacted tokens."""
        if not text.strip():
            return []
        return self._inline(self._read_line(one_line(text))).children or []

    def _read_line(self, text: str) -> list[Token]:
        """Return all tokens of a line, not yet redacted."""
        return self.redactor.parser.parseInline(text)[0].children or []

    def _inline(self, children: Sequence[Token], of: Token | None = None) -> Token:
        """Return an inline token of the children that leave, at the level of the token `of`."""
        kept: list[Token] = []
        links: list[bool] = []
        number = 0
        children = self._with_whole_names(children)
        while number < len(children):
            token = children[number]
            kind = token.type
            if kind in ("text", "code_inline") and not self._is_shown(token.content):
                pass
            elif kind == "text":
                kept += self._words(token.content, in_link=bool(links))
            elif kind in ("softbreak", "hardbreak"):
                kept.append(Token(kind, "br", 0))
            elif kind == "code_inline":
                copy = Token(kind, "code", 0, markup="`")
                copy.content = self._masked(token.content)
                kept.append(copy)
            elif kind.removesuffix("_open").removesuffix("_close") in _INLINE_PAIRS:
                kept.append(Token(kind, token.tag, token.nesting, markup=token.markup))
            elif kind == "link_open":
                target = str(token.attrs.get("href", ""))
                end = closing_index(children, number)
                address, words = self._link(target, children[number + 1 : end])
                if words is not None:
                    # The link's own words are an address or the name of a file, which doesn't leave.
                    kept += [*_linked(address, [_text_token(words)])]
                    number = end
                else:
                    links.append(bool(address))
                    if address:
                        kept.append(_link_open(address))
            elif kind == "link_close":
                if links and links.pop():
                    kept.append(Token("link_close", "a", -1))
            elif kind == "image":
                kept += self._image(token, in_link=any(links))
            elif kind == "html_inline":
                self._left_out("HTML around words")
                if _is_html_break(token):
                    kept.append(Token("hardbreak", "br", 0))
            number += 1
        kept = _without_empty_pairs(kept)
        made = Token("inline", "", 0, block=True)
        made.children = kept
        made.level = of.level if of else 0
        if kept and (said := plain_text(kept)):
            self.texts.append(said)
            self.found += identifiers_in(said)
        return made

    def _with_whole_names(self, children: Sequence[Token]) -> Sequence[Token]:
        """Return the tokens of a block, with each name that emphasis, HTML, a link or a line end divides in one token."""
        if sum(it.type == "text" for it in children) < 2:
            return children
        found = [*children]
        pieces: list[tuple[int, int]] = []
        text = ""
        for at, token in enumerate(children):
            if token.type == "text" or _is_break(token):
                pieces.append((len(text), at))
                text += token.content if token.type == "text" else "\n"
            elif not _may_divide_a_name(token):
                self._join_names(found, pieces, text)
                pieces, text = [], ""
        self._join_names(found, pieces, text)
        return found

    def _join_names(
        self, tokens: list[Token], pieces: Sequence[tuple[int, int]], text: str
    ) -> None:
        """Move each name that is divided among tokens into the first of them.

        `text` is the text of the tokens together. `pieces` are pairs: an offset in it, and the index of the
        token that begins there.
        """
        if len(pieces) < 2:
            return
        ends = [start for start, _ in pieces[1:]] + [len(text)]
        # From the last name to the first, so that the offsets before a name remain right.
        for start, end, _ in reversed(self.pseudonyms.spans(text)):
            inside = [
                (begin, at)
                for (begin, at), last in zip(pieces, ends, strict=True)
                if begin < end and start < last
            ]
            if len(inside) < 2 or text[start] in "@#":
                continue
            begin, first = inside[0]
            name = " ".join(text[start:end].split())
            tokens[first] = _text_token(tokens[first].content[: start - begin] + name)
            for begin, at in inside[1:]:
                tokens[at] = _text_token(tokens[at].content[end - begin :])

    def _words(self, text: str, *, in_link: bool) -> Iterator[Token]:
        """Yield the tokens of words: bare addresses become links, and tags lead to their pages."""
        position = 0
        for url in _BARE_URL.finditer(text):
            end = url.end() - len(url[0]) + len(_trimmed(url[0]))
            yield from self._plain_words(text[position : url.start()], in_link=in_link)
            address = text[url.start() : end]
            if not self._web_address(address):
                yield _text_token(self._without_names(address))
            elif in_link:
                yield _text_token(visible(address))
            else:
                yield from _linked(address, [_text_token(visible(address))])
            position = end
        yield from self._plain_words(text[position:], in_link=in_link)

    def _plain_words(self, text: str, *, in_link: bool) -> Iterator[Token]:
        text = self._without_files(without_unseen(text))
        position = 0
        tags = [it for it in mention_spans(text) if it.sign == "#"] if "#" in text else []
        for span in sorted(tags, key=lambda it: it.start):
            if customer_of_tag(span.name) and not self._may_name_tag(span.name):
                continue
            if span.start < position:
                continue
            yield _text_token(self._masked(text[position : span.start]))
            position = span.end
            if key := customer_of_tag(span.name):
                yield _text_token(self.pseudonyms.customer_name(key))
                self._finding(CUSTOMER, self.pseudonyms.customer_name(key))
            elif self._tag(span.name):
                said = _text_token(f"#{visible(span.name)}")
                if in_link:
                    yield said
                else:
                    yield from _linked(TAG + fold_name(span.name), [said])
        yield _text_token(self._masked(text[position:]))

    def _may_name_tag(self, tag: str) -> bool:
        return self.pseudonyms.may_name_customer(customer_of_tag(tag))

    def _tag(self, tag: str) -> bool:
        """Add a tag to those that leave, and return True; return False for one with a name in it."""
        if customer_of_tag(tag):
            return False
        if not tag or self.pseudonyms.has_name(tag):
            self._left_out(f"the tag #{tag}, which has a name in it")
            return False
        self.tags.setdefault(fold_name(tag))
        return True

    def _masked(self, text: str) -> str:
        """Return a text with pseudonyms for names, and without the @ of people who may be named."""
        if not text:
            return text
        text = self._without_files(without_unseen(text))
        spans = [(*it, True) for it in self.pseudonyms.spans(text)]
        if "@" in text:
            for span in mention_spans(text):
                if span.sign == "@" and self.pseudonyms.may_name(span.name):
                    spans.append(
                        (span.start, span.end, span.name[:1].upper() + span.name[1:], False)
                    )
        pieces: list[str] = []
        position, last = 0, ""
        for start, end, label, is_mask in sorted(spans):
            said = text[start:end]
            kind = CUSTOMER if label.startswith("Customer ") and is_mask else PERSON
            if start >= position:
                self._finding(kind, said, label)
            between = text[position:start]
            if is_mask and label == last and pieces and not between.strip():
                position = max(position, end)
                continue
            pieces += apart(between, last), label
            position, last = max(position, end), label if is_mask else ""
        return visible("".join([*pieces, apart(text[position:], last)]))

    def _without_files(self, text: str) -> str:
        """Return a text in which the name of a file of the journal is replaced by its day in words."""
        if not self.redactor.files or not any(map(str.isdigit, text)):
            return text

        def named(match: re.Match[str]) -> str:
            return self.redactor.files.get(match["stem"].casefold()) or match[0]

        return _DATED_FILE.sub(named, text)

    def _without_names(self, address: str) -> str:
        """Return the words for an address that doesn't leave: its host, or “a web page” if the host names someone."""
        host = _host(address)
        if host and not self.pseudonyms.has_name(host):
            return host
        return "a web page"

    def _link(self, target: str, words: Sequence[Token]) -> tuple[str, str | None]:
        """Return the address of a link, or "" if it leads nowhere, and words to replace its own, or None."""
        said = "".join(it.content for it in words if it.type in ("text", "code_inline"))
        name = wiki_name(target)
        if name is None and urlsplit_safely(target) and _scheme(target) in ("http", "https"):
            if self._web_address(target):
                return target, None
            is_bare = _host(said) != "" or said == unquote(target)
            return "", self._without_names(target) if is_bare else None
        if name is None and _scheme(target) and _scheme(target) not in ("file",):
            self._finding(LINK, target, "its words")
            return "", None
        place = self.redactor.place(target, self.source)
        own = name if name is not None else unquote(target)
        is_own = said.strip() in (own, target, target.strip("[]")) or said.strip() == ""
        if place is None:
            self._finding(LINK, one_line(target), "its words")
            return "", None
        if place.path:
            return ENTRY + place.path, place.name if is_own else None
        self._finding(LINK, one_line(target), "its words: it isn't published")
        return "", place.name if is_own else None

    def _web_address(self, address: str) -> bool:
        """Note a finding, and return whether a web address may leave: it names nobody and has no password."""
        parts = urlsplit_safely(address)
        if not parts or not parts.hostname:
            return False
        if not address.isprintable():
            self._finding(LINK, address, "its words: it has characters that can't be in an address")
            return False
        if parts.username or parts.password or self.pseudonyms.has_name(unquote(address)):
            self._finding(LINK, address, "its words: someone is named in it")
            return False
        if self._without_files(unquote(address)) != unquote(address):
            self._finding(LINK, address, "its words: a file of the journal is named in it")
            return False
        self._finding(LINK, address)
        return True

    def _image(self, token: Token, *, in_link: bool) -> Iterator[Token]:
        """Yield the tokens of an image: a link if it is on another site, nothing if it can't be cleaned."""
        target = str(token.attrs.get("src", ""))
        alt = self._masked(plain_text(token.children or []))
        if _scheme(target) in ("http", "https"):
            words = [_text_token(alt or _host(target) or "an image")]
            is_link = not in_link and self._web_address(target)
            yield from _linked(target, words) if is_link else words
            return
        if _scheme(target) and not target.startswith("file:"):
            self._left_out("an image whose data are in the text")
            return
        found = self.redactor.image(target, self.source)
        if isinstance(found, str):
            self._finding(IMAGE, one_line(unquote(target)), f"nothing, because {found}")
            return
        name = f"{sha256(found.data).hexdigest()[:16]}.{found.suffix}"
        self._finding(IMAGE, one_line(unquote(target)), f"images/{name}")
        self.images[name] = found
        made = Token("image", "img", 0)
        made.attrs = {"src": PICTURE + name, "alt": "", "width": found.width, "height": found.height, "loading": "lazy"}  # fmt: skip
        made.children, made.content = [_text_token(alt)] if alt else [], alt
        yield made

    def _finding(self, kind: str, text: str, leaves_as: str | None = None) -> None:
        said = text if leaves_as is None else leaves_as
        self.found.append(Finding(kind, visible(text), said))

    def _left_out(self, what: str) -> None:
        self.found.append(Finding(LEFT_OUT, what, ""))


def _is_break(token: Token) -> bool:
    return token.type.endswith("break") or _is_html_break(token)


def _is_html_break(token: Token) -> bool:
    return token.type == "html_inline" and bool(re.match(r"<br\b", token.content, re.IGNORECASE))


def _may_divide_a_name(token: Token) -> bool:
    kind = token.type.removesuffix("_open").removesuffix("_close")
    return kind in (*_INLINE_PAIRS, "html_inline", "link")


def _text_token(text: str) -> Token:
    token = Token("text", "", 0)
    token.content = text
    return token


def _link_open(address: str) -> Token:
    token = Token("link_open", "a", 1)
    token.attrs = {"href": address}
    if address.startswith(TAG):
        token.attrs["class"] = "tag"
    return token


def _linked(address: str, words: Iterable[Token]) -> list[Token]:
    """Return the tokens of a link, or only of its words if it leads nowhere."""
    if not address:
        return [*words]
    return [_link_open(address), *words, Token("link_close", "a", -1)]


def _paragraph(inline: Token, is_hidden: bool = False) -> list[Token]:
    opens = Token("paragraph_open", "p", 1, block=True, hidden=is_hidden)
    return [opens, inline, Token("paragraph_close", "p", -1, block=True, hidden=is_hidden)]


def _bare_block(token: Token) -> Token:
    """Return a copy of a block's token without attributes, which come from the text."""
    made = Token(token.type, token.tag, token.nesting, block=True, hidden=token.hidden)
    made.markup, made.info, made.level = token.markup, "", token.level
    if token.type == "ordered_list_open" and (start := token.attrs.get("start")):
        made.attrs["start"] = int(start)
    if token.type in ("th_open", "td_open") and "right" in str(token.attrs.get("style", "")):
        made.attrs["class"] = "n"
    return made


def closing_index(tokens: Sequence[Token], number: int) -> int:
    """Return the index of the token that closes the one at an index."""
    depth = 0
    for at in range(number, len(tokens)):
        depth += tokens[at].nesting
        if depth == 0:
            return at
    return len(tokens) - 1


def _is_pair(opens: Token, closes: Token) -> bool:
    return opens.type.removesuffix("_open") == closes.type.removesuffix("_close")


def _may_go(before: Token | None) -> bool:
    """Return whether an empty line of words may be left out after this token."""
    return before is None or before.type not in ("td_open", "th_open")


def _without_empty_pairs(tokens: list[Token]) -> list[Token]:
    """Return tokens of a line without empty texts, emphasis of nothing, and breaks at its ends."""
    kept: list[Token] = []
    for token in tokens:
        if token.type == "text" and not token.content:
            continue
        if token.nesting < 0 and kept and kept[-1].nesting > 0 and _is_pair(kept[-1], token):
            kept.pop()
            continue
        if token.type == "text" and kept and kept[-1].type == "text":
            kept[-1] = _text_token(kept[-1].content + token.content)
            continue
        kept.append(token)

    def is_blank(token: Token) -> bool:
        return token.type.endswith("break") or (token.type == "text" and not token.content.strip())

    while kept and is_blank(kept[0]):
        kept.pop(0)
    while kept and is_blank(kept[-1]):
        kept.pop()
    if kept and kept[-1].type == "text":
        kept[-1] = _text_token(kept[-1].content.rstrip(" "))
    return kept


def _all_tokens(tokens: Iterable[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from token.children or ()


def plain_text(tokens: Iterable[Token]) -> str:
    """Return the words of inline tokens, in one line."""
    said = []
    for token in tokens:
        if token.type in ("text", "code_inline"):
            said.append(token.content)
        elif token.type.endswith("break"):
            said.append(" ")
        elif token.type == "image":
            said.append(plain_text(token.children or []))
    return one_line("".join(said))


def _summary(tokens: Sequence[Token]) -> str:
    """Return the beginning of the first paragraph with words, or ""."""
    for before, token in itertools.pairwise(tokens):
        if before.type == "paragraph_open" and before.level == 0 and token.type == "inline":
            said = plain_text(token.children or [])
            if not said:
                continue
            if len(said) <= _SUMMARY:
                return said
            return said[:_SUMMARY].rpartition(" ")[0].rstrip(",;:–— ") + "…"
    return ""


def _level(heading: str) -> int:
    signs = len(heading) - len(heading.lstrip("#"))
    if signs:
        return signs
    return 1 if heading.rstrip().endswith("=") else 2


class _Line(NamedTuple):
    """A line: its number from 1, its offset, its text without the end, and whether it is code."""

    number: int
    start: int
    text: str
    is_code: bool


def _lines(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield the lines of a text: the number from 1, the offset, and the line without its end."""
    position, number = 0, 1
    for end in LINE_END.finditer(text):
        yield number, position, text[position : end.start()]
        position, number = end.end(), number + 1
    yield number, position, text[position:]


def _end_of_block(lines: Sequence[_Line], at: int) -> int:
    """Return the offset at which the block of a line ends: before the next empty line or code."""
    last = lines[at]
    for number in range(at + 1, len(lines)):
        if lines[number].is_code or not lines[number].text.strip(" \t>"):
            break
        last = lines[number]
    return last.start + len(last.text)


def _end_of_item(text: str, start: int, end: int) -> int:
    """Return the offset after the list item that begins at `start`, with everything nested in it.

    Lines that begin before `end` belong to the item whatever they are.
    """
    begin = max(text.rfind("\n", 0, start), text.rfind("\r", 0, start)) + 1
    lines = _lines(text[begin:])
    first = next(lines)[2]
    quotes, indent = _depth(first)
    position = begin + len(first)
    is_after_blank = False
    for _, at, line in lines:
        last = begin + at + len(line)
        if begin + at < end:
            position = last
            continue
        bare = _without_quotes(line, quotes)
        if bare is None:
            break
        if not bare.strip():
            is_after_blank = True
            continue
        is_nested = len(bare) - len(bare.lstrip(" \t")) > indent
        # A line that isn't indented continues the paragraph of the item, unless it begins a block.
        continues = not is_after_blank and not _BEGINS_BLOCK.match(bare)
        if not (is_nested or continues):
            break
        position, is_after_blank = last, False
    return position


def _depth(line: str) -> tuple[int, int]:
    """Return the number of quote signs before a line, and its indent after them."""
    quotes = 0
    while found := _QUOTE_SIGN.match(line):
        quotes, line = quotes + 1, line[found.end() :]
    return quotes, len(line) - len(line.lstrip(" \t"))


def _without_quotes(line: str, quotes: int) -> str | None:
    """Return a line without this number of quote signs; None if it has fewer."""
    for _ in range(quotes):
        found = _QUOTE_SIGN.match(line)
        if not found:
            return None
        line = line[found.end() :]
    return line


def _without(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """Return a text without the lines in which these spans are."""
    pieces: list[str] = []
    position = 0
    for start, end in sorted(spans):
        begin = max(text.rfind("\n", 0, start), text.rfind("\r", 0, start)) + 1
        if end > begin and text[end - 1 : end] not in ("\n", "\r"):
            ends = [at for at in (text.find("\n", end), text.find("\r", end)) if at >= 0]
            end = min(ends) if ends else len(text)
            end += 2 if text.startswith("\r\n", end) else 1
        if begin > position:
            pieces.append(text[position:begin])
        position = max(position, end)
    return "".join([*pieces, text[position:]])


def _end_of_element(text: str, position: int, name: str) -> int:
    """Return the offset after an element of HTML, whose opening tag ends at `position`.

    That is the end of the text if the element isn't closed.
    """
    if name.lower() in (
        "img",
        "br",
        "hr",
        "input",
        "meta",
        "link",
        "source",
        "wbr",
        "col",
        "area",
        "embed",
    ):
        return position
    depth = 1
    for tag in re.finditer(rf"<(/?){re.escape(name)}\b[^>]*>", text[position:], re.IGNORECASE):
        depth += -1 if tag[1] else 1
        if not depth:
            return position + tag.end()
    return len(text)


class _ShownWords(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.words.append(" ")

    def handle_endtag(self, tag: str) -> None:
        self.words.append(" ")


def _shown_words(source: str) -> str:
    """Return the words of HTML, without its tags, in one line."""
    parser = _ShownWords()
    try:
        parser.feed(source)
    except AssertionError:
        # HTMLParser raises this for a malformed declaration.
        return ""
    rest = parser.rawdata
    if "<" not in rest:
        # `close` would take a tag that has no end for words.
        parser.words.append(html.unescape(rest))
    else:
        parser.words.append(html.unescape(rest.partition("<")[0]))
    return one_line("".join(parser.words))


class _Parts(NamedTuple):
    hostname: str
    username: str
    password: str


def urlsplit_safely(address: str) -> _Parts | None:
    """Return the parts of an address; None for one that can't be read."""
    try:
        parts = urlsplit(address)
        return _Parts(parts.hostname or "", parts.username or "", parts.password or "")
    except ValueError:
        return None


def _scheme(address: str) -> str:
    found = re.match(r"([a-zA-Z][a-zA-Z0-9+.-]*):", address)
    return found[1].lower() if found else ("http" if address.startswith("//") else "")


def _host(address: str) -> str:
    parts = urlsplit_safely(address)
    return parts.hostname if parts else ""


def _trimmed(address: str) -> str:
    """Return an address without punctuation and closing brackets that belong to its sentence."""
    while address and (
        address[-1] in _URL_END
        or (address[-1] == ")" and address.count(")") > address.count("("))
        or (address[-1] == "]" and address.count("]") > address.count("["))
    ):
        address = address[:-1]
    return address
