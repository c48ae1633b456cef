"""Everything about a person or a tag: counts, years, promises both ways, ratings, and by date."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest

from journal_tui.entry.tokenizer import term_of
from journal_tui.journal import Journal
from journal_tui.lookups.subjects import Subject
from journal_tui.review.ratings import median
from journal_tui.settings import Places

NOW = datetime(2014, 10, 8, 18, 0)
Make = Callable[..., Journal]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Return a function that makes a journal of files by their names."""

    def make(**files: str | bytes) -> Journal:
        root = tmp_path / "journal"
        root.mkdir(exist_ok=True)
        (root / "journal.toml").touch()
        for name, text in files.items():
            data = text if isinstance(text, bytes) else text.encode()
            (root / f"{name}.md").write_bytes(data)
        places = Places(tmp_path / "config", tmp_path / "cache", tmp_path / "state")
        journal = Journal(root, places, lambda: NOW)
        journal.refresh()
        return journal

    return make


def about(journal: Journal, term: str) -> Subject:
    found = journal.subjects.about(term)
    assert found
    return found


def rows(journal: Journal, term: str) -> list[str]:
    return [
        f"{it.period or it.day.isoformat()[5:]} {it.line} {it.kind or '-'}: {it.text}"
        for it in journal.subjects.said(term)
    ]


def test_promises_go_both_ways(make: Make) -> None:
    journal = make(
        **{
            "2014-10-06": (
                "- [ ] Send @Ann the list due:2014-10-10\n- [ ] Plan waiting:@ann since:2014-10-01\n"
                "- [ ] Ask @bob about @ann waiting:@bob\n- [x] Tell @ann done:2014-10-07\n"
                "- [ ] Call @anna\n- [x] Long ago @ann done:2014-01-01\n"
            ),
            "2014-10-07": "- [ ] First @ann due:2014-10-01\n- [ ] Some day @ann\n",
        }
    )
    ann = about(journal, "@ann")
    assert [(title, [it.text for it in listed]) for title, listed in ann.follow_ups()] == [
        ("Yours, about @ann", ["First @ann", "Send @Ann the list", "Some day @ann"]),
        ("@ann owes you", ["Plan"]),
        ("Waiting for others", ["Ask @bob about @ann"]),
        ("Done lately", ["Tell @ann"]),
    ]  # fmt: skip
    bob = about(journal, "@bob")
    assert [title for title, _ in bob.follow_ups()] == ["@bob owes you"]


def test_years_are_counted_from_the_first_to_the_last(make: Make) -> None:
    journal = make(
        **{
            "2010-01-01": "#job/lab\n", "2010-01-02": "#job\n", "2010-01-02-note": "#JOB\n",
            "2013-05-05": "#job\n", "2013-W20": "#job\n", "2014-01-01": "#jobs\n",
        }
    )  # fmt: skip
    job = about(journal, "#job")
    assert job.years == {2010: 2, 2011: 0, 2012: 0, 2013: 1}
    # A week, whose note begins on a Monday, isn't a day with the name.
    assert (job.name.days, job.name.first, job.name.last) == (
        3,
        date(2010, 1, 1),
        date(2013, 5, 5),
    )
    assert sum(job.years.values()) == job.name.days
    assert journal.subjects.about("#jo") is None and journal.subjects.about("@job") is None


def test_a_name_only_in_notes_of_periods(make: Make) -> None:
    journal = make(**{"2014-W40": "@ann in a week\n"})
    ann = about(journal, "@ann")
    assert (ann.name.days, ann.years) == (0, {2014: 0})
    assert (ann.name.first, ann.name.last, ann.rated(str)) == (date(2014, 9, 29),) * 2 + ("",)
    assert rows(journal, "@ann") == ["2014-W40 1 -: @ann in a week"]


def test_the_first_day_is_not_that_of_the_note_that_quotes_it(make: Make) -> None:
    files = {"2014-W41": "@ann", "2014": "@ann", "2014-10-09": "@ann\n", "2014-10-10": "@ann\n"}
    ann = about(make(**files), "@ann")
    assert (ann.name.days, ann.name.first, ann.name.last) == (
        2,
        date(2014, 10, 9),
        date(2014, 10, 10),
    )


@pytest.mark.parametrize(
    ("ratings", "said"),
    [
        ([], "None of these days is rated."),
        ([8], "Ratings on 1 of 6 days: 8. Too few for a median."),
        ([8, 2, 5.5, 7], "Ratings on 4 of 6 days: 7, 5.5, 2, 8. Too few for a median."),
        ([8, 2, 5, 7, 1], "Ratings on 5 of 6 days: median 5. The median of all 6 rated days is 6."),
        ([8, 2, 5, 7, 1, 6], "Ratings on 6 of 6 days: median 5.5. The median of all 7 rated days is 6."),
    ],
)  # fmt: skip
def test_how_the_days_were_is_said_honestly(make: Make, ratings: list[float], said: str) -> None:
    files = {f"2014-09-0{number + 1}": "@ann\n" for number in range(6)}
    for number, rating in enumerate(ratings):
        files[f"2014-09-0{number + 1}"] += f"\nEnjoyment: {rating}/10\n"
    journal = make(**files, **{"2014-09-10": "Enjoyment: 10/10\n"})
    subject = about(journal, "@ann")
    assert subject.rated(lambda rating: f"{rating:g}") == said
    assert (subject.median is None) is (len(ratings) < 5)


def test_a_day_has_one_rating_whatever_its_notes_say(make: Make) -> None:
    journal = make(
        **{
            "2014-10-06": "Enjoyment: 4/10\n",
            "2014-10-06-visit": "@ann\n\nEnjoyment: 9/10\n",
            "2014-W40": "@ann\n\nEnjoyment: 1/10\n",
        }
    )
    ann = about(journal, "@ann")
    assert list(ann.ratings) == list(ann.all_ratings) == [4.0]


def test_what_was_said_is_listed_by_date_with_its_part(make: Make) -> None:
    journal = make(
        **{
            "2014-10-06": (
                "# A day with @ann\n\nIt rained. Met @Ann at noon. Then home.\r\n"
                "She said `@bob`. And @annabel came.\n@ann again. #x\n\n```\n@ann\n```\n\n"
                "- [ ] Plan waiting:@ann\n\n## Learning points\n\n- Ask @ann\n- Ask @bob\n\n"
                "Enjoyment: 7/10 – thanks to @ann\n"
            ),
            "2014-10-08": "---\ntags: [x]\n---\n# Titled\n\nWords.\n",
            "2014-10-07": "The vendor was late again today. It is. #x\n",
            "2014-10-05": b"caf\xe9 @ann\n",
        }
    )
    assert rows(journal, "@ann") == [
        "10-06 1 title: A day with @ann",
        "10-06 3 -: It rained. Met @Ann at noon.",
        "10-06 5 -: @ann again.",
        "10-06 11 waiting: Plan waiting:@ann",
        "10-06 15 point: Ask @ann",
        "10-06 18 remark: thanks to @ann",
        "10-05 1 -: caf\udce9 @ann",
    ]
    assert rows(journal, "#x") == [
        "10-08 4 title: Titled",
        "10-07 1 -: The vendor was late again today. It is. #x",
        "10-06 5 -: @ann again. #x",
    ]
    assert about(journal, "@ann").learned() == "In learning points on 1 day."
    assert about(journal, "#x").learned() == "No learning point has “#x”."


def test_learning_points_of_period_notes_are_no_days(make: Make) -> None:
    point = "## Learning points\n\n- Ask @ann\n"
    journal = make(**{"2014-W41": point, "2014-10": point})
    assert about(journal, "@ann").learned() == "In learning points in 2 period notes."
    journal = make(**{"2014-10-06": point, "2014-10-07": point})
    found = about(journal, "@ann")
    assert found.points == 2
    assert found.learned() == "In learning points on 2 days and in 2 period notes."


def test_a_tag_with_blanks_is_one(make: Make) -> None:
    journal = make(**{"2014-10-06": "---\ntags: [old machines]\n---\n- [ ] a #old\n"})
    assert about(journal, "#old machines").follow_ups() == []
    assert len(about(journal, "#old").own) == 1


def test_a_file_that_is_gone_since_says_what_is_known(make: Make) -> None:
    journal = make(**{"2014-10-06": "@ann here\n\n## Learning points\n\n- to @ann\n"})
    (journal.root / "2014-10-06.md").unlink()
    assert rows(journal, "@ann") == ["10-06 1 title: @ann here", "10-06 5 point: to @ann"]


@pytest.mark.parametrize(
    ("mention", "word", "text", "days"),
    [
        ("@anna", "Anna", "Saw Anna, and Anna's list.", 1),
        ("@Anna", "Anna", "Anna.", 1),
        ("@anna", "Anna", "ANNA, anna, Annas, Anna-Lena, #Anna, joanna and Joanna", 0),
        ("@anna", "Anna", "Saw Anna with @anna.", 0),
        ("@o'brien", "O'Brien", "Saw O’Brien.", 1),
        ("@anna-lena", "Anna-Lena", "Saw Anna-Lena, not Anna.", 1),
        ("@王", "王", "Saw 王.", 1),
    ],
)
def test_days_with_the_name_without_its_sign(
    make: Make, mention: str, word: str, text: str, days: int
) -> None:
    journal = make(**{"2026-11-02": f"Met {mention}.\n", "2026-11-03": text, "2026-11-04": text})
    subject = about(journal, term_of(mention))
    plain = journal.subjects.plain(subject.name)
    if not days:
        assert plain is None
        return
    assert plain
    assert (plain.word, plain.days) == (word, 2)
    assert plain.said() == f"Also 2 days with “{word}” without @"
    found = {hit.iso for hit in journal.find(plain.query, "entries")}
    assert found == {"2026-11-03", "2026-11-04"}
    assert subject.name.days == 1, "they are counted apart"


def test_a_note_beside_a_mention_and_a_tag_count_for_no_day_without_a_sign(make: Make) -> None:
    journal = make(
        **{"2026-11-02": "Met @anna. #Anna\n", "2026-11-02-visit": "Anna.\n", "2026-W45": "Anna.\n"}
    )
    assert journal.subjects.plain(about(journal, "@anna").name) is None
    assert journal.subjects.plain(about(journal, "#anna").name) is None


def test_a_median() -> None:
    assert median([3]) == 3 and median([1, 9, 2]) == 2 and median([1, 2, 3, 10]) == 2.5
