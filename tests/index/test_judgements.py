"""The judgements of what should be found first can be believed: their answers are there to find."""

import pytest

from journal_tui.index.search import Hit
from journal_tui.journal import Journal
from journal_tui.settings import Places
from tests.index.judgements import BEST, SAMPLE, Judged, judged, problems

JUDGED = judged("sample")
MIN_HITS = 3


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Hit]]:
    """The rows of every query over the sample journal."""
    folder = tmp_path_factory.mktemp("places")
    journal = Journal(SAMPLE, Places(*(folder / name for name in ("config", "cache", "state"))))
    journal.refresh()
    return {one.query: list(journal.find(one.query)) for one in JUDGED}


def test_there_are_enough_of_them(found: dict[str, list[Hit]]) -> None:
    by_points = [one for one in JUDGED if _of_learning(one, found[one.query])]
    assert len(JUDGED) >= 50
    assert len(by_points) >= 40
    assert len(judged("diary")) >= 20
    for journal in ("sample", "diary"):
        queries = [one.query for one in judged(journal)]
        assert len(set(queries)) == len(queries)


def test_each_names_one_to_three_best_answers() -> None:
    for one in JUDGED + judged("diary"):
        assert 1 <= len(one.best) <= 3, one.query
        assert len(set(one.best + one.good)) == len(one.best) + len(one.good), one.query


def test_each_answer_is_one_line_of_the_sample() -> None:
    assert list(problems(SAMPLE, JUDGED)) == []


def test_each_query_finds_its_answers_among_others(found: dict[str, list[Hit]]) -> None:
    for one in JUDGED:
        hits = found[one.query]
        answers = sum(one.worth(hit, SAMPLE) > 0 for hit in hits)
        assert answers == len(one.best) + len(one.good), one.query
        assert len(hits) >= MIN_HITS, one.query


def test_the_newest_row_is_often_not_the_best(found: dict[str, list[Hit]]) -> None:
    newest = [one for one in JUDGED if one.worth(found[one.query][0], SAMPLE) == BEST]
    assert len(newest) <= len(JUDGED) / 2


def _of_learning(one: Judged, hits: list[Hit]) -> bool:
    """Whether one of the best answers is a learning point."""
    return any(hit.part == "learning" and one.worth(hit, SAMPLE) == BEST for hit in hits)
