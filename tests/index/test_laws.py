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
from places import Place, brute_force, contents, settled

from journal_tui.entry.entry import Entry
from journal_tui.errors import QueryError, UnreadableEntry
from journal_tui.index.search import ENTRIES, EVERYWHERE, LEARNING, search
from journal_tui.library.library import Library
from journal_tui.library.reading import Loaded
from journal_tui.query.grammar import parse

WORDS = st.sampled_from(
    [
        "plan",
        "planning",
        "plans",
        "a",
        "b",
        "Åse",
        "ase",
        "the",
        "in",
        "don't",
        "well-known",
        "漢字",
        "かな",
        "Привет",
        "हिन्दी",
        "ﷺ",
        "⑴",
        "½",
        "#plan",
        "#plan/q3",
        "#planning",
        "@jo",
        "@jo.m",
        "@Åse",
        "`#code`",
        "<x@y.org>",
        "x_y",
        "https://a.org/#plan",
        "\u2028",
        "10%",
    ]
)
LINES = st.lists(WORDS, max_size=5).map(" ".join)


def _text(front: str, prose: list[str], points: list[str], rating: str) -> str:
    listed = "".join(f"- {point}\n" for point in points)
    return (
        f"{front}# Title\n\n" + "\n".join(prose) + f"\n\n## Learning points\n\n{listed}\n{rating}"
    )


FRONTS = st.sampled_from(
    ["", "", "", "---\ntags: [Plan, 'two words', 'a!b', \"&~\"]\n---\n", "---\ntags: [\n---\n"]
)
TEXTS = st.one_of(
    st.builds(
        _text,
        FRONTS,
        st.lists(LINES, max_size=3),
        st.lists(LINES, max_size=3),
        st.sampled_from(["", "Enjoyment: 9/10 – fine\n", "Enjoyment: 11/10\n"]),
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

            def load(self, path: str) -> Loaded:
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
        day = date.fromisoformat(path.rpartition("/")[2][:10])
        self.index.saved(path, Entry(day, saved.text), saved.stamp)
        known = self.index._year(f"{day.year:04d}").stamps().split("\n")
        assert saved.stamp in known

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

QUERIES = st.one_of(
    st.lists(WORDS, min_size=1, max_size=3).map(" ".join),
    st.lists(WORDS, min_size=1, max_size=3).map(lambda words: '"' + " ".join(words) + '"'),
    st.sampled_from(
        ["p", "pl", "#p", "#plan/", "@", "@j", "#two", "#a", "漢", '"the in" a', '"plan']
    ),
)


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.dictionaries(PATHS, TEXTS, min_size=1, max_size=6), st.lists(QUERIES, min_size=4, max_size=8)
)
def test_the_index_answers_as_the_texts_do(
    places: Callable[[], Place], files: dict[str, str], queries: list[str]
) -> None:
    place = places()
    for path, text in files.items():
        place.put(path, text.encode("utf-8", "surrogatepass"))
    index = place.index()
    index.refresh()
    for query in queries:
        try:
            asked = parse(query)
        except QueryError:
            continue
        for where in (LEARNING, ENTRIES, EVERYWHERE):
            hits = list(search(index, place.library, asked, where))
            answer = [(h.path, h.kind, h.text if h.kind == LEARNING else "") for h in hits]
            assert answer == brute_force(place, query, where), (query, where)
            assert [h.day for h in hits] == sorted((h.day for h in hits), reverse=True)
            for hit in hits:
                lines = place.library.load(hit.path).text.count("\n") + 1
                assert 1 <= hit.line <= lines
