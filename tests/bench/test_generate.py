"""The journals made for measuring: the same each time, and as the app itself would write them."""

from datetime import timedelta
from pathlib import Path

from journal_tui.entry.entry import Entry
from tests.bench import generate

FEW = 60


def files(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    found = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in found}


def test_the_same_journal_each_time(tmp_path: Path) -> None:
    generate.make(FEW, tmp_path / "one")
    generate.vocabulary.cache_clear()
    generate.make(FEW, tmp_path / "two")
    made = files(tmp_path / "one")
    assert made == files(tmp_path / "two")
    assert sorted(made)[-1] == "journal.toml"
    assert len(made) == FEW + 1
    assert f"{generate.END.year}/{generate.END}.md" in made


def test_entries_are_canonical() -> None:
    tasks = ratings = 0
    for day, number in generate.days(FEW):
        text = generate.entry_text(day, number)
        entry = Entry(day, text)
        assert entry.problems == ()
        assert entry.number == number
        assert 350 <= entry.words <= 600
        assert text.endswith("\n")
        assert not text.endswith("\n\n")
        listed = text.partition("## Learning points\n\n")[2].partition("\n\n")[0].strip()
        assert [f"- {point.text}" for point in entry.points] == listed.split("\n")
        assert 2 <= len(entry.points) <= 5
        tasks += len(entry.tasks)
        ratings += entry.rating is not None
    assert tasks
    assert FEW * 0.7 < ratings < FEW


def test_paragraphs_are_as_long_as_asked() -> None:
    for back in (0, generate.PHRASE_EVERY // 4):
        day, number = generate.END - timedelta(back), 400
        text = generate.entry_text(day, number, 300)
        assert Entry(day, text).problems == ()
        lines = [line for line in text.split("\n") if len(line.split()) > 100]
        assert len(lines) == 1
        assert 300 <= len(lines[0].split()) <= 330
        assert (generate.PHRASE in lines[0]) is bool(back)
