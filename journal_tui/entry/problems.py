"""Report what a person would recognise in an entry but the parser doesn't, and what to write instead.

The parser calls these methods in the order of the text, and each decides whether the lines that it is
given may have been meant as something else. Nothing here changes what is read.
"""

import re
from collections.abc import Sequence
from datetime import date

from journal_tui.counts import counted
from journal_tui.entry.due_dates import DueDate, due_dates
from journal_tui.entry.front_matter import KEYS_OF_TAGS, FrontMatter
from journal_tui.entry.line_map import Lines, ParagraphLine, shortened
from journal_tui.entry.markdown_lines import (
    BULLETS,
    CALLOUT,
    OPEN_BOX,
    TASK_HINT,
    box_for,
    is_sign_of_task,
    list_item,
    opening,
    other_box,
    task_box,
    task_word,
    text_of,
)
from journal_tui.entry.mentions import prose
from journal_tui.entry.model import FEEDBACK, FOLLOW_UP, LEARNING, Problem
from journal_tui.entry.open_blocks import CALLOUT_LEVEL, OpenItem, OpenSection
from journal_tui.entry.rating import OutOfTen, out_of_ten
from journal_tui.entry.rating import parse as rating_value
from journal_tui.entry.sanitize import deceptive_character
from journal_tui.entry.task_marks import CLOSED_ON, WAITING_FOR, TaskMark
from journal_tui.entry.vocabulary import Vocabulary, begins_like_label
from journal_tui.period import iso_day

_LONGEST_LABEL = 100
# Pasted program output may have one on every line, so only the first lines are listed.
_MAX_DECEPTIVE_LINES = 20
_BOX = OPEN_BOX.strip()
_ITEM = f"“{BULLETS[0]} ”"
# The forms that can't mean anything but a due date, even outside a list.
_MARKED_FORMS = ("bracket", "key", "call")
_ITEM_NAMES = {
    LEARNING: ("a learning point", "learning points"),
    FEEDBACK: ("feedback", "feedback"),
    FOLLOW_UP: ("a follow-up", "follow-ups"),
}
"""What one item, or several, of a section is called."""

_DATE = re.compile(r"\s*([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})(?![0-9])")
# The forms of a date in NotePlan and similar programs.
_SIGNED_DATE = re.compile(r"(?<!\S)[>!^@]([0-9]{4}-[0-9]{2}-[0-9]{2})(?!\S)")
_TAGS = re.compile(r"</?[a-zA-Z][a-zA-Z0-9]*(?:\s[^<>]*)?/?>")
_HTML_LABEL = re.compile(r"<(h[1-6]|summary|strong|b)>([^<>]{1,120})</\1>", re.IGNORECASE)
# Words that are written where there is nothing to say.
_SAYS_NONE = re.compile(
    r"[\W_]*+(?:(?:none|nothing|n/?a|nil|no|tbd|see\s+below)(?:\s+(?:today|yet|this\s+week))?)?[\W_]*",
    re.IGNORECASE,
)
# A line of todo.txt: a priority or an x, and a date or a project.
_TODO_TXT = re.compile(
    r"(?P<done>x )(?:[0-9]{4}-[0-9]{2}-[0-9]{2} ){1,2}\S"
    r"|\([A-Z]\) (?:[0-9]{4}-[0-9]{2}-[0-9]{2} \S|[^\n]{0,300}?(?<!\S)\+[^\W\d])"
)
# A tag of several words, as Bear writes it.
_TAG_OF_WORDS = re.compile(
    r"(?<![\w#&/@.\\])#([^\W\d_][\w-]*(?: [\w-]+){0,3} [\w-]*[^\W_]{2})#(?![\w#])"
)


class ProblemReporter:
    """Collect the problems of an entry in `found`.

    Lines are given from 0, as the parser counts them; a `Problem` counts from 1.
    """

    def __init__(self, lines: Lines, vocabulary: Vocabulary, day: date) -> None:
        self.lines, self.vocabulary, self.day = lines, vocabulary, day
        self.found: list[Problem] = []
        self._values: list[tuple[int, OutOfTen]] = []

    def report(self, line: int, sentence: str) -> None:
        """Report a problem on this line."""
        self.found.append(Problem(line + 1, sentence))

    def report_unclosed_front_matter(self, lines: Sequence[str]) -> None:
        """Report front matter without an end, unless the line after its rule says something else."""
        line = lines[1].strip()
        is_text = (
            not line
            or self.vocabulary.rating(line) is not None
            or self.vocabulary.run_on(line) is not None
            or self.vocabulary.section(line) is not None
        )
        if not is_text:
            rule = BULLETS[0] * 3
            sentence = (
                f"the front matter has no second line {rule} to end it, so it is read as text"
            )
            self.report(0, sentence)

    def report_front_matter(self, front: FrontMatter) -> None:
        """Report keys that are given twice, another date, and tags or sections in another form."""
        for key, line in front.repeated:
            sentence = f"“{key[:60]}” is given twice in the front matter; the last one counts"
            self.report(line + 1, sentence)
        self._report_other_date(front)
        for key in KEYS_OF_TAGS:
            if isinstance(front.values.get(key), dict):
                self.report(0, f"“{key}” in the front matter isn't a list of tags")
        for key, value in front.values.items():
            if value and self.vocabulary.section(key.replace("_", " ")):
                line = front.scalars[key].line + 1 if key in front.scalars else 0
                sentence = (
                    f"“{key[:60]}” in the front matter isn't read; write it as a list in the text"
                )
                self.report(line, sentence)

    def _report_other_date(self, front: FrontMatter) -> None:
        """Report a date in the front matter that isn't the entry's day."""
        written = front.values.get("date")
        match = _DATE.match(written) if isinstance(written, str) else None
        said = iso_day("{:0>4}-{:0>2}-{:0>2}".format(*match.groups())) if match else None
        if said and said != self.day:
            line = front.scalars["date"].line + 1 if "date" in front.scalars else 0
            sentence = f"`date:` in the front matter is {said}, but the file's date is {self.day}"
            self.report(line, f"{sentence}, which counts")

    def report_tags_of_words(self, places: list[ParagraphLine]) -> None:
        """Report tags of several words, of which only the first is read."""
        for place in places:
            for found in _TAG_OF_WORDS.finditer(prose(place.text)):
                said, joined = found[0], "-".join(found[1].split())
                sentence = f"“{said}” is read as the tag #{said.split()[0][1:]}"
                self.report(place.line, f"{sentence}; write #{joined}")

    def report_heading_in_line(self, kind: str, place: ParagraphLine) -> None:
        """Report a heading that contains an item of its section, such as "Follow-up: call the lab"."""
        sentence = f"this heading isn't read as {_ITEM_NAMES[kind][0]}"
        self.report(place.line, f"{sentence}; write the label alone, with items below it")

    def report_task_in_heading(self, place: ParagraphLine) -> None:
        """Report a heading that is a follow-up with a box, or that has a due date."""
        item = list_item(place.text)
        text = place.text[len(item.prefix) :] if item and not item.box else place.text
        box = task_box(text)
        if (item and item.box) or (box and text[box[1] :].strip()):
            sentence = "a follow-up isn't read in a heading"
        elif any(due.day and due.form in _MARKED_FORMS for due in due_dates(text, self.day)):
            sentence = "a due date isn't read in a heading"
        else:
            return
        advice = f"write it below as an item with {BULLETS[0]} {_BOX}"
        self.report(place.line, f"{sentence}; {advice}")

    def report_label_in_line(
        self, place: ParagraphLine, run_on: tuple[str, int] | None, is_in_item: bool
    ) -> None:
        """Report feedback, a follow-up or a learning point that is on one line with its label.

        `run_on` is the kind of the label and where the item begins, if the label is a known one.
        """
        if run_on:
            self._report_run_on(run_on[0], place, run_on[1], is_in_item)
        elif self.vocabulary.is_maybe_follow_up(place.text):
            self._report_run_on(FOLLOW_UP, place, place.text.index(":") + 1, is_in_item)
        elif "<" in place.text and (label := self._label_in_tags(place.text, is_in_item)):
            self.report(place.line, f"“{label}” isn't read in HTML; write “## {label}”")
        elif self.vocabulary.is_maybe_learned(place.text):
            sentence = "this isn't read as a learning point; write a colon, as in"
            example = f"“{self.vocabulary.heading(LEARNING)}: one; two”"
            self.report(place.line, f"{sentence} {example}")

    def _label_in_tags(self, text: str, is_in_item: bool) -> str:
        """Return the name of a section that isn't read because it is in HTML tags, or "" if there is none."""
        plain = " ".join(_TAGS.sub(" ", text).split())
        # The boxes of follow-ups are read anyway, and a label in an item is reported with its list.
        is_label = not is_in_item and self.vocabulary.section(plain) in (LEARNING, FEEDBACK)
        if plain == text or not (is_label or self.vocabulary.run_on(plain)):
            return ""
        return plain.partition(":")[0].strip("*_ ")

    def _report_run_on(
        self, kind: str, place: ParagraphLine, column: int, is_in_item: bool
    ) -> None:
        text = place.text
        if _SAYS_NONE.fullmatch(text[column:]) or task_word(text) or other_box(text):
            return
        advice = f"write it below the label as an item, with {_ITEM}"
        if kind == FOLLOW_UP:
            advice = (
                f"begin the item with {_BOX}"
                if is_in_item
                else f"begin it with {BULLETS[0]} {_BOX}"
            )
        self.report(place.line, f"this isn't read as {_ITEM_NAMES[kind][0]}; {advice}")

    def report_unmarked_label(self, place: ParagraphLine, is_first: bool) -> None:
        """Report the name of a section on a line of its own that is a part of a paragraph."""
        text = place.text
        is_sentence = not is_first and (text[-1:] in ".,!?" or not begins_like_label(text))
        if is_sentence or not self.vocabulary.section(text):
            return
        label = text.strip("#*_ ")
        sentence = f"“{text}” isn't read as a heading; write “## {label}”, with a list below it"
        self.report(place.line, sentence)

    def report_quoted_label(self, place: ParagraphLine, lines: Sequence[int]) -> None:
        """Report the name of a section in a quote, with a list on `lines` or points in its own line."""
        text = place.text
        kind = self.vocabulary.section_of_heading(text) if lines else None
        run_on = self.vocabulary.run_on(text)
        if kind and not (kind == FOLLOW_UP and self._has_box(lines)):
            self._report_quoted(place.line, text)
        elif run_on and not _SAYS_NONE.fullmatch(text[run_on[1] :]):
            self._report_quoted(place.line, text[: run_on[1]])

    def _report_quoted(self, line: int, label: str) -> None:
        label = shortened(label.strip(" *_:：#"), _LONGEST_LABEL)
        self.report(
            line, f"“{label}” isn't read in a quote; remove the quote signs if it should count"
        )

    def report_html(self, content: str, first: int) -> None:
        """Report follow-ups and the names of sections in HTML or a comment from the line `first`."""
        what = "a comment" if content.lstrip().startswith("<!--") else "HTML"
        lines = [text.removeprefix("<!--").removesuffix("-->") for text in content.split("\n")]
        has_task = False
        for number, line in enumerate(lines):
            for found in _HTML_LABEL.finditer(line):
                label = found[2].strip()
                if self.vocabulary.section(label):
                    sentence = f"“{label}” isn't read in {what}; write “## {label}”"
                    self.report(first + number, sentence)
            if what == "HTML":
                self._report_rating_in_html(line, first + number)
            text = text_of(line.strip()).strip()
            if text and self._is_task(line.lstrip(), text):
                if not has_task:
                    sentence = (
                        f"a follow-up isn't read in {what}; write it outside if it should count"
                    )
                    self.report(first + number, sentence)
                has_task = True
            elif text and self._leads_points(text, lines[number + 1 : number + 2]):
                label = text.partition(":")[0].strip("*_ ")
                sentence = f"“{label}” isn't read in {what}; write it outside if it should count"
                self.report(first + number, sentence)

    def _report_rating_in_html(self, line: str, number: int) -> None:
        """Report a line of HTML that would be a rating without its tags."""
        text = " ".join(_TAGS.sub(" ", line).split())
        label = self.vocabulary.rating(text)
        if label and rating_value(text[label[0] :], label[1], text, self.vocabulary.scale):
            sentence = "a rating isn't read in HTML; write it outside if it should count"
            self.report(number, sentence)

    def _is_task(self, line: str, text: str) -> bool:
        """Whether a line that says `text` is a follow-up with a box, a word or a label before it."""
        run_on = self.vocabulary.run_on(text)
        if run_on and run_on[0] == FOLLOW_UP:
            return not _SAYS_NONE.fullmatch(text[run_on[1] :])
        item = list_item(line)
        return item is not None and bool(item.box or task_word(text))

    def _leads_points(self, text: str, following: list[str]) -> bool:
        """Whether a line is the name of a section, with points after its colon or an item below."""
        run_on = self.vocabulary.run_on(text)
        if run_on:
            return not _SAYS_NONE.fullmatch(text[run_on[1] :])
        item = list_item(following[0].lstrip()) if following else None
        is_filled = item and not item.box and following[0].lstrip()[len(item.prefix) :].strip()
        return bool(is_filled) and self.vocabulary.section(text) is not None

    def report_item(self, item: OpenItem) -> None:
        """Report what a person would take for a follow-up or its due date."""
        box = item.other_box
        if box:
            sentence = f"{box} isn't the box of a follow-up; {TASK_HINT}"
            if item.section and is_sign_of_task(box):
                sentence = f"“{box}” isn't read as a box, so this follow-up counts as open"
                sentence += f"; write {box_for(box)} in its place"
            elif len(box) == 3 and not box[1].isprintable():
                # The other sentence would say that [ ] isn't [ ].
                sentence = (
                    "the box of this follow-up looks like an open one but has other characters"
                )
                sentence += f"; write {_BOX} in its place"
            elif box.startswith("[#") or (any(map(str.isalpha, box)) and not {"[", "("} & set(box)):
                sentence = _unread_task(box)
            self.report(item.first, sentence)
            return
        for due in due_dates(" ".join(item.own), self.day):
            if due.day and due.form in ("bracket", "remark", "key", "call", "emoji"):
                sentence = f"a due date, but no follow-up; begin the item with {_BOX}"
                self.report(item.first, sentence)
                return

    def report_due_dates(
        self, item: OpenItem, text: str, found: list[DueDate], due: list[date]
    ) -> None:
        """Report what is wrong with the due dates that were found in the text of a follow-up.

        `due` has the days that may count.
        """
        if not found and (date_like := _SIGNED_DATE.search(text)):
            sentence = (
                f"“{date_like[0]}” isn't read as a due date; write due:{date_like[1]} if it is one"
            )
            self.report(item.first, sentence)
        for one in found:
            # Words such as "due friday" need no advice if there is a due date as well.
            if one.fault and not (due and one.form == "bare"):
                self.report(item.first, one.fault)
        if len(set(due)) > 1:
            sentence = f"two due dates, {due[0]} and {due[-1]}; the last one counts"
            self.report(item.first, sentence)

    def report_follow_up_without_words(self, item: OpenItem) -> None:
        """Report a follow-up that says only when it is due."""
        self.report(item.first, "a follow-up with only a due date; add what to do")

    def report_marks(self, item: OpenItem, unread: Sequence[TaskMark]) -> None:
        """Report a follow-up that waits for a name without its sign, or whose mark has no valid date."""
        for mark in unread:
            sentence = f"“{mark.value}” isn't a date; write since:{self.day.isoformat()}"
            if mark.kind == CLOSED_ON:
                sentence = f"“{mark.value}” isn't a date, so this follow-up counts as {item.state}"
                sentence += f" on {self.day.isoformat()}; correct the date"
            if mark.kind == WAITING_FOR:
                sentence = f"waiting:{mark.value} isn't a person; write waiting:@{mark.value}"
            self.report(item.first, sentence)

    def report_unmarked_task(self, place: ParagraphLine) -> bool:
        """Report a line that looks like a follow-up and is a part of the text above; return whether it does."""
        sentence = unmarked_task(place.text)
        if sentence:
            self.report(place.line, sentence)
        return sentence != ""

    def report_indented_task(self, place: ParagraphLine) -> None:
        """Report a task that Markdown takes for a part of the item above it."""
        item = list_item(place.text)
        if item and item.box and place.text[len(item.prefix) :].strip():
            sentence = "a follow-up that is indented too far is a part of the item above it"
            self.report(place.line, f"{sentence}; indent it by two spaces more than that item")

    def report_due_date_in_prose(self, place: ParagraphLine) -> None:
        """Report a due date in a line outside lists."""
        for due in due_dates(place.text, self.day):
            if due.day and due.form in _MARKED_FORMS:
                advice = f"begin the line with {BULLETS[0]} {_BOX}"
                self.report(place.line, f"a due date, but no follow-up; {advice}")
                break

    def report_list_after_break(
        self, section: OpenSection, lines: Sequence[int], what: str, removed: str
    ) -> None:
        """Report a list on these lines that a quote or a rule divides from its label."""
        is_label = section.level == 0 and section.run_on_end < 0
        if not section.kind or not (is_label or what == "a quote"):
            return
        if section.kind == FOLLOW_UP and self._has_box(lines):
            return
        whats = _ITEM_NAMES[section.kind][1]
        label = shortened(self._label_of(section), _LONGEST_LABEL)
        why = "it is quoted" if what == "a quote" else f"{what} is between"
        sentence = f"this list isn't read as the {whats} of “{label}”, because {why}"
        first = next(iter(lines), 0)
        self.report(first, f"{sentence}; remove {removed} if it should count")

    def _has_box(self, lines: Sequence[int]) -> bool:
        return any(opening(self.lines.line(number)).box >= 0 for number in lines)

    def report_indented_list(self, content: str, first: int, is_in_section: bool) -> None:
        """Report a list that Markdown takes for code, if its items may be meant as a section's."""
        for number, line in enumerate(content.split("\n"), first):
            line = line.lstrip()
            item = list_item(line)
            text = line[len(item.prefix) :].strip() if item else ""
            if item and text and (item.box or is_in_section or task_word(text)):
                sentence = (
                    "a list that is indented by four spaces is code in Markdown, so it isn't read"
                )
                self.report(number, f"{sentence}; remove the spaces")
                return

    def report_possible_section(self, section: OpenSection) -> None:
        """Report the items and the table below a heading that may be meant as a section's."""
        if section.rows > 2:
            self._report_table(section)
        if not section.unread:
            return
        line, is_one = self.lines.number(section.start), section.unread == 1
        if not section.label:
            items = "an item" if is_one else f"{section.unread} items"
            sentence = f"{items} after a blank line below these learning points"
            verb = "isn't one of them" if is_one else "aren't among them"
            advice = f"remove the blank line to include {'it' if is_one else 'them'}"
            self.report(line, f"{sentence} {verb}; {advice}")
            return
        kind, label = self._possible(section)
        what, whats = _ITEM_NAMES[kind]
        items = "1 item" if is_one else f"{section.unread} items"
        read = f"isn't read as {what}" if is_one else f"aren't read as {whats}"
        named = f'{kind} = ["{label}"] under [sections] in journal.toml'
        if kind == FOLLOW_UP:
            sentence = f"{items} without a box under “{label}” {read}"
            advice = f"begin {'it' if is_one else 'each'} with {BULLETS[0]} {_BOX}"
        else:
            sentence = f"{items} under “{label}” {read}"
            heading = self.vocabulary.heading(LEARNING)
            advice = f"write “{heading}” above {'it' if is_one else 'them'}"
        self.report(line, f"{sentence}; {advice}, or write {named}")

    def _report_table(self, section: OpenSection) -> None:
        kind, label = self._possible(section)
        sentence = f"a table under “{label}” isn't read as {_ITEM_NAMES[kind][1]}"
        begin = f"{BULLETS[0]} {_BOX}" if kind == FOLLOW_UP else _ITEM
        line = self.lines.number(section.start)
        self.report(line, f"{sentence}; write its rows as items with {begin}")

    def _possible(self, section: OpenSection) -> tuple[str, str]:
        """Return the kind that a section may be meant as, and its label."""
        kind = self.vocabulary.possible_section(section.label) or LEARNING
        return kind, shortened(section.label.strip(" *_:："), _LONGEST_LABEL)

    def report_prose_in_section(self, section: OpenSection) -> None:
        """Report lines below a section's heading that may be meant as its items."""
        if section.level and not section.items and not section.prose:
            self._report_subject(section)
        for missed in (section.missed, [] if section.is_filled else section.prose):
            if not missed or all(_SAYS_NONE.fullmatch(self.lines.line(n)) for n in missed):
                continue
            what, whats = _ITEM_NAMES[section.kind]
            label = shortened(self._label_of(section), _LONGEST_LABEL)
            sentence = f"a line under “{label}” doesn't begin with {_ITEM}, so it isn't {what}"
            if len(missed) > 1:
                sentence = f"{len(missed)} lines under “{label}” don't begin with {_ITEM}"
                sentence += f", so they aren't {whats}"
            self.report(missed[0], sentence)

    def _report_subject(self, section: OpenSection) -> None:
        """Report a heading with a subject, "Lessons learned: ask first", if it has no items."""
        line = self.lines.number(section.start)
        label = text_of(self.lines.line(line))
        if section.level < CALLOUT_LEVEL and label and not self.vocabulary.section(label):
            sentence = f"there is no item below “{shortened(label, _LONGEST_LABEL)}”"
            self.report(
                line, f"{sentence}; if the heading contains one, write it below with {_ITEM}"
            )

    def _label_of(self, section: OpenSection) -> str:
        """Return the words of a section's heading or label."""
        line = self.lines.line(self.lines.number(section.start))
        label = CALLOUT.sub(_callout_name, text_of(line))
        return label.strip(" *_:：#") or _ITEM_NAMES[section.kind][0]

    def note_other_rating(self, place: ParagraphLine, needs_label: bool, is_item: bool) -> None:
        """Note a line that may be meant as a rating; an item such as “Calls: 3/10” is a count."""
        value = out_of_ten(place.text, self.day)
        if not value or (needs_label and not value.label):
            return
        words = value.label.split()
        is_count = any(word.endswith("s") and not word.endswith("ss") for word in words)
        if not (is_item and (is_count or task_word(place.text))):
            self._values.append((place.line, value))

    def report_other_rating(self) -> None:
        """Report one of the lines noted, such as "Energy: 3/10" or "7/10 tired", if it may be a rating."""
        if not self._values:
            return
        reported = {problem.line for problem in self.found}
        found = [(line, value) for line, value in self._values if line + 1 not in reported]
        labelled = [(line, value) for line, value in found if value.label]
        if labelled:
            line, (label, value) = labelled[0]
            sentence = f"“{label}: {value}” isn't read as a rating"
            advice = f'write rating = ["{label}"] under [sections] in journal.toml'
        elif len(found) == 1:
            # Several values without labels are probably dates or fractions.
            line, (label, value) = found[0]
            sentence = f"“{value}” isn't read as a rating"
            advice = f"write “{self.vocabulary.rating_label}: {value}”"
        else:
            return
        self.report(line, f"{sentence}; {advice} if it is one")

    def report_deceptive_characters(self, text: str) -> None:
        """Report the lines with control characters: the first ones one by one, then their number."""
        if not deceptive_character(text):
            return
        codes = ((n, deceptive_character(self.lines.line(n))) for n in range(len(self.lines)))
        found = [(number, code) for number, code in codes if code]
        for number, code in found[:_MAX_DECEPTIVE_LINES]:
            sentence = f"a control character ({code}), which can hide or reorder text; remove it"
            self.report(number, sentence)
        if more := found[_MAX_DECEPTIVE_LINES:]:
            sentence = f"control characters on {counted(len(more), 'more line')}; remove them"
            self.report(more[0][0], sentence)


def may_have_tags_of_words(text: str) -> bool:
    """Return whether a text may have a tag of several words, such as `#two words#`."""
    return text.count("#") > 1 and _TAG_OF_WORDS.search(text) is not None


def unmarked_task(text: str) -> str:
    """Return the problem of a line outside lists that looks like a follow-up; "" for other lines."""
    if text.startswith("%%"):
        item = list_item(text.lstrip("% "))
        sentence = "a follow-up isn't read in a comment; write it outside if it should count"
        return sentence if item and item.box else ""
    if text[:1] in ("(", "x") and (found := _TODO_TXT.match(text)):
        sign = found["done"] or text[:3]
        return _unread_task(sign.strip(), BULLETS[0] + " ")
    is_word = text[:2].isupper() or text[:4].lower() in ("todo", "to-d")
    if text[:1].isalpha() and not is_word:
        return ""
    box, word = task_box(text), task_word(text)
    # A sentence in capitals may begin with one of the words.
    is_task = word and word[0] != "NOW" and not text[word[1] : word[1] + 2].isupper()
    if is_task or (box and box[1] < len(text)):
        return f"a follow-up without a list marker; write {BULLETS[0]} before it"
    sign = "" if box or word else other_box(text)
    is_letter = sign[1:2].isalpha() and sign[1] not in "xX"
    return (
        "" if not sign or (sign[0] == "[" and is_letter) else _unread_task(sign, BULLETS[0] + " ")
    )


def _unread_task(sign: str, marker: str = "") -> str:
    """Return the sentence for a box or word of another program that begins a line or an item."""
    return f"“{sign}” doesn't begin a follow-up; write {marker}{box_for(sign)} in its place"


def _callout_name(callout: re.Match[str]) -> str:
    """Return the name of a callout: its title, or else its kind."""
    return callout["title"].strip() or callout["kind"]
