"""What isn't marked never leaves: 500 private words, looked for in the bytes and names of all that is made."""

from pathlib import Path

import pytest

from journal_tui.journal import Journal
from journal_tui.publications import GENERATOR_NAMES, Publications
from journal_tui.settings import Places
from tests.publish.canaries import Canaries, leaks, make_canaries


def journal_of(root: Path, tmp_path: Path) -> Journal:
    places = Places(*(tmp_path / name for name in ("config", "cache", "state")))
    journal = Journal(root, places)
    journal.refresh()
    return journal


@pytest.fixture(scope="module")
def canaries(tmp_path_factory: pytest.TempPathFactory) -> Canaries:
    return make_canaries(tmp_path_factory.mktemp("canaries") / "journal")


@pytest.mark.promise("What isn't marked for publishing is in nothing that is published")
@pytest.mark.parametrize("generator", ["", *GENERATOR_NAMES])
def test_no_private_word_is_published(canaries: Canaries, tmp_path: Path, generator: str) -> None:
    found = Publications(journal_of(canaries.root, tmp_path))
    target = tmp_path / "blog"
    plan = found.plan(target, generator)
    found.apply(plan)
    assert leaks(target, canaries.private) == []
    # The test would find them, and nothing else is left out.
    assert {word.split()[0] for word in leaks(target, canaries.public)} == set(canaries.public)
    assert len(plan.entries) == len(canaries.public)
    assert any(path.suffix == ".jpg" for path in target.rglob("*"))
