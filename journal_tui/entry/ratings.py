"""The rating of a whole entry: its label, its value there or below, and what is off with it."""

from collections.abc import Callable

from journal_tui.entry import frontmatter, rating
from journal_tui.entry.lines import Place
from journal_tui.entry.model import Problem, Rating, Slot
from journal_tui.entry.vocabulary import Vocabulary


class RatingReader:
    """Takes in the lines of a text one after another; the last rating of the body counts.

    `rating` is what counts so far, `start` where its label begins, `slot` what stands behind it.
    `awaited` is where a label begins whose value may be the next paragraph.
    """

    def __init__(self, vocabulary: Vocabulary, problems: list[Problem]) -> None:
        self.vocabulary, self.problems = vocabulary, problems
        self.rating: Rating | None = None
        self.start: int | None = None
        self.slot: Slot | None = None
        self.awaited: int | None = None
        self._rated = False

    def read(
        self,
        places: list[Place],
        index: int,
        ends: Callable[[list[Place], int], bool] | None = None,
        *,
        stands_free: bool,
    ) -> int:
        """Read a rating at this line; how many lines it took, 0 when it is none.

        `ends` says of a later line that it is a label, which no remark goes on with. A label
        without colon and value is one only where it `stands_free`, in no list item.
        """
        self.awaited = None
        place = places[index]
        label = self.vocabulary.rating(place.text)
        if label is None:
            return 0
        column, announced = label
        rest = place.text[column:]
        if not rating.is_nothing(rest):
            return self._value(places, index, column, announced, place.offset, ends)
        following, is_bare = index + 1, not rest.strip("*_ ")
        is_alone = stands_free and len(places) == 1 and (is_bare or "/" in rest)
        if not (announced or is_alone):
            return 0
        self._keep_place(place, column)
        if following == len(places):
            self.awaited = place.offset
        elif is_bare:
            return 1 + self._value(places, following, 0, False, place.offset, ends)
        return 1

    def read_awaited(self, places: list[Place]) -> int:
        """Read the value that a label alone, before this paragraph, announced; lines it took."""
        start, self.awaited = self.awaited, None
        return 0 if start is None else self._value(places, 0, 0, False, start, None)

    def is_rating(self, text: str) -> bool:
        """Whether a line would be read as a rating or the place for one."""
        label = self.vocabulary.rating(text)
        if label is None:
            return False
        column, announced = label
        return announced or rating.parse(text[column:], False) is not None

    def front_matter(self, front: dict[str, frontmatter.Value], source: str) -> None:
        """Take in the front matter, which counts until the body has a rating."""
        for key in ("enjoyment", "rating"):
            value = front.get(key)
            if not isinstance(value, str) or not value.strip():
                continue
            keys = [line.partition(":")[0].strip(" \t\"'").lower() for line in source.split("\n")]
            line = keys.index(key) + 2 if key in keys else 1
            parsed = rating.parse(value.strip())
            if parsed and parsed.value is not None:
                self.rating = Rating(parsed.value, parsed.remark, line)
                return
            fault = parsed.fault if parsed else "it isn't a number from 0 to 10"
            self.problems.append(Problem(line, f"`{key}:` in the front matter: {fault}"))

    def _keep_place(self, place: Place, column: int) -> None:
        """A label without a value: the place where the app writes it."""
        if self._rated:
            return
        start, end = place.offset + column, place.offset + len(place.text)
        self.start = place.offset
        self.slot = Slot(start, end, end, end, end, "")

    def _value(
        self,
        places: list[Place],
        index: int,
        column: int,
        announced: bool,
        start: int,
        ends: Callable[[list[Place], int], bool] | None,
    ) -> int:
        line, offset, content = places[index]
        if not column:
            column = len(content) - len(content.lstrip("*_"))
        before = content[:column]
        parsed = rating.parse(content[column:], announced, before)
        if parsed is None:
            if before.rstrip("*_ \t").endswith((":", "：")):
                sentence = "no number from 0 to 10 follows the rating's label"
                self.problems.append(Problem(line + 1, sentence))
                return 1
            return 0
        base = offset + column
        end, following = base + parsed.remark_end, index + 1
        remarks = [parsed.remark] if parsed.remark else []
        while remarks and following < len(places):
            if self.is_rating(places[following].text) or (ends and ends(places, following)):
                break
            # To Markdown some white space is no blank line.
            if text := places[following].text:
                remarks.append(text)
                end = places[following].offset + len(text)
            following += 1
        remark = " ".join(remarks)
        if parsed.value is not None or not self._rated:
            self.start = start
            self.slot = Slot(
                base,
                base + parsed.end,
                base + parsed.separator,
                base + parsed.remark_start,
                end,
                remark,
            )
        if parsed.value is None:
            self.problems.append(Problem(line + 1, parsed.fault))
            return following - index
        if self._rated and self.rating:
            first = self.rating.line
            sentence = f"rated on line {first} and again on line {line + 1}; the later one counts"
            self.problems.append(Problem(line + 1, sentence))
        self._rated = True
        self.rating = Rating(parsed.value, remark, line + 1)
        return following - index
