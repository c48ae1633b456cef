"""Two laws: a refresh equals a rebuild, and the index answers as the texts do."""

import os
import shutil
import tempfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from journal_tui.entry.entry import Entry
from journal_tui.entry.line_map import LINE_END
from journal_tui.errors import UnreadableEntry
from journal_tui.library.file_reader import LoadedFile
from journal_tui.library.library import Library
from tests.extent import Sample
from tests.index.index_fixture import TODAY, Place, asked, contents, settled
from tests.index.query_strategies import Asked, Vocabulary, queries
from tests.index.reference_search import ReferenceSearch

WORDS = st.sampled_from(
    [
        "plan", "planning", "plans", "a", "b", "Åse", "ase", "the", "in", "don't", "well-known", "漢字", "かな", "Привет",
        "हिन्दी", "ﷺ", "⑴", "½", "#plan", "#plan/q3", "#planning", "@jo", "@jo.m", "@Åse", "`#code`", "<x@y.org>", "x_y",
        "https://a.org/#plan", "\u2028", "10%", "[plan; #late](x)", "`a; #plan`", "\\#late", "```", "!!", "~~~",
    ]
)  # fmt: skip
LINES = st.lists(WORDS, max_size=5).map(" ".join)


def _text(
    front: str, title: str, prose: list[str], lists: list[tuple[str, list[str]]], rating: str
) -> str:
    text = front + title + "\n".join(prose) + "\n\n"
    for heading, items in lists:
        text += heading + "".join(f"- {item}\n" for item in items) + "\n"
    return text + rating


ITEMS = st.builds(
    str.__add__, st.sampled_from(["", "", "[ ] ", "[x] due:2014-01-01 ", "a\n  - [ ] "]), LINES
)
LISTS = st.tuples(
    st.sampled_from(
        [
            "## Learning points\n\n",
            "## Feedback\n\n",
            "## Follow-ups\n\n",
            "Learning points: a; ",
            "",
        ]
    ),
    st.lists(ITEMS, max_size=3),
)


FRONTS = st.sampled_from(
    [
        "",
        "",
        "",
        "---\ntags: [Plan, 'two words', 'a!b', \"&~\"]\n---\n",
        "---\ntags: [\n---\n",
        "---\nkind: Plan A\nrating: 7\n---\n",
    ]
)
TEXTS = st.one_of(
    st.builds(
        _text,
        FRONTS,
        st.sampled_from(["# Title\n\n", "# Day 7 – plan\r\n\r\n", "#plan\n\n", ""]),
        st.lists(LINES, max_size=3),
        st.lists(LISTS, max_size=3),
        st.sampled_from(
            ["", "Enjoyment: 9/10 – fine plan\n", "Enjoyment: 11/10\n", "Enjoyment: 7.5"]
        ),
    ),
    st.text(max_size=60),
)
NAMES = st.sampled_from(
    [
        "2014-10-06.md",
        "2014-10-06-a.md",
        "2014-10-06 Monday.md",
        "2014-10-07.md",
        "2014-01-01.md",
        "2015-01-01.md",
        "2015-01-01-z.md",
        "2015-12-31.md",
        "1999-12-31.md",
        "0812-02-29.md",
        "2014_10_06.md",
        "20141007 Tuesday.TXT",
        "2014-10-06.MD",
        "06-10-2014.md",
        "25-10-2014.md",
        "10-25-2014.md",
        "10/06.md",
        "2014-W41.md",
        "2014W41 plan.md",
        "2015-W01.md",
        "2014-12.md",
        "2014_Q4.md",
        "2014.md",
        "2015-w53-plan.TXT",
    ]
)
FOLDERS = st.sampled_from(["", "2014/", "2015/", "a/b/"])
PATHS = st.builds(str.__add__, FOLDERS, NAMES)


class Refreshing(RuleBasedStateMachine):
    """Whatever is done to the folder, a refresh comes to what a rebuild comes to."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.place = Place(self.folder)
        self.unreadable: set[str] = set()
        place, unreadable = self.place, self.unreadable

        class Refusing(Library):
            """Some files refuse to be read, as to all but root they may."""

            def load(self, path: str) -> LoadedFile:
                if path in unreadable:
                    raise UnreadableEntry(f"{path} cannot be opened: Permission denied.")
                return super().load(path)

        place.library = Refusing(place.root, place.folder / "state")
        self.index = place.index()

    def teardown(self) -> None:
        shutil.rmtree(self.folder)

    def _some(self, number: int) -> str | None:
        paths = self.place.paths()
        return paths[number % len(paths)] if paths else None

    @rule(path=PATHS, text=TEXTS)
    def add_or_edit(self, path: str, text: str) -> None:
        self.place.put(path, text.encode("utf-8", "surrogatepass"))

    @rule(number=st.integers(0, 50), word=st.sampled_from(["plan", "clan"]))
    def edit_to_the_same_size(self, number: int, word: str) -> None:
        if path := self._some(number):
            self.place.put(path, f"{word} the same length")

    @rule(number=st.integers(0, 50))
    def delete(self, number: int) -> None:
        if path := self._some(number):
            (self.place.root / path).unlink()

    @rule(number=st.integers(0, 50), path=PATHS)
    def rename(self, number: int, path: str) -> None:
        old = self._some(number)
        if old and not (self.place.root / path).exists():
            (self.place.root / path).parent.mkdir(parents=True, exist_ok=True)
            os.rename(self.place.root / old, self.place.root / path)

    @rule(
        old=st.sampled_from(["2014", "2015", "a"]),
        new=st.sampled_from(["a", "2015", "moved", ".x"]),
    )
    def move_a_folder(self, old: str, new: str) -> None:
        if (self.place.root / old).is_dir() and not (self.place.root / new).exists():
            os.rename(self.place.root / old, self.place.root / new)

    @rule(number=st.integers(0, 50))
    def no_more_readable(self, number: int) -> None:
        """A change of rights alone leaves no trace in time or size; here the file changes too."""
        if path := self._some(number):
            self.unreadable.add(path)
            self.place.put(path, "hidden")

    @rule()
    def readable_again(self) -> None:
        self.unreadable.clear()

    @rule(number=st.integers(0, 50), text=TEXTS)
    def save(self, number: int, text: str) -> None:
        """What the app does: save through the library, tell the index, refresh later."""
        path = self._some(number) or "2014/2014-10-06.md"
        text = text.encode("utf-8", "replace").decode()
        if path in self.unreadable:
            return
        try:
            opened = self.place.library.load(path)
        except FileNotFoundError:
            opened = None
        base = opened.text if opened else ""
        saved = self.place.library.save(path, text, opened, base, datetime(2026, 1, 1))
        day = self.place.library.day_of(path)
        if day is None:
            # The name says no day any more, since another file has been added or deleted.
            return
        self.index.saved(path, Entry(day, saved.text), saved.stamp)
        known = self.index.segment(f"{day.year:04d}").stamps().split("\n")
        iso = self.place.library.iso_date(path)
        assert saved.stamp in [line.removesuffix(f"\t{iso}") for line in known]

    @rule()
    def refresh(self) -> None:
        self.index.refresh()

    @rule()
    def start_again(self) -> None:
        self.index = self.place.index()

    @invariant()
    def is_as_rebuilt(self) -> None:
        self.index.refresh()
        rebuilt = self.place.rebuilt()
        assert contents(self.index) == contents(rebuilt)
        ours, theirs = settled(self.index), settled(rebuilt)
        assert all(ours[path] == theirs[path] for path in ours.keys() & theirs.keys())
        assert contents(self.place.index()) == contents(rebuilt)
        named = {r["path"] for _, r in self.index.newest()}
        on_disk = {p for p in self.place.paths() if not any(x[0] == "." for x in p.split("/"))}
        assert named == on_disk


TestRefreshing = Refreshing.TestCase
TestRefreshing.settings = settings(max_examples=40, stateful_step_count=12, deadline=None)

ASKED = queries(
    Vocabulary(
        words=["plan", "pl", "planning", "ase", "the", "in", "don't", "well-known", "漢字", "हिन्दी", "ﷺ", "½", "x_y", "10%"],
        phrases=["the in", "plan the plan", "漢字 かな", "a b", "ﷺ ½", "x_y a"],
        mentions=["#plan", "#plan/q3", "@jo", "@jo.m", "@Åse", "#two", "#a", "#code", "#late"],
        kinds=["a", "z", "monday", "plan", "week", "month", "quarter", "year", "period"],
        first=date(2014, 9, 1),
        last=date(2015, 12, 31),
    ),
    TODAY,
)  # fmt: skip


def test_the_index_answers_as_the_texts_do(places: Callable[[], Place], sample: Sample) -> None:
    """Texts of any shape here, each journal a new one; `test_brute_force` has a larger journal."""

    @settings(max_examples=sample(50, 250), suppress_health_check=list(HealthCheck))
    @given(
        st.dictionaries(PATHS, TEXTS, min_size=1, max_size=6),
        st.lists(ASKED, min_size=4, max_size=8),
    )
    def compare(files: dict[str, str], listed: list[Asked]) -> None:
        assert_same_answers(places(), files, listed)

    compare()


def assert_same_answers(place: Place, files: dict[str, str], listed: list[Asked]) -> None:
    """Compare what the index answers with what the texts say."""
    for path, text in files.items():
        place.put(path, text.encode("utf-8", "surrogatepass"))
    index = place.index()
    index.refresh()
    plainly = ReferenceSearch(place.library, place.paths(), TODAY)
    for query in listed:
        for rows in ("mixed", "learning", "entries"):
            hits = asked(index, place, query.text, rows)
            said = [(h.path, h.part, "" if h.part in ("prose", "entry") else h.text) for h in hits]
            assert said == query.rows(plainly, rows), (query, rows)
            for hit in hits:
                lines = len(LINE_END.findall(place.library.load(hit.path).text)) + 1
                assert 1 <= hit.line <= lines
