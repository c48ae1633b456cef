"""A review as values for JSON; a stable interface."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from journal_tui.review.document import Document
from journal_tui.review.review import Figure, Review, Tally
from journal_tui.review.written_day import LearningPoint, WrittenDay


def document_data(document: Document) -> dict[str, Any]:
    """Return a document as `review --json` prints it."""
    return {
        **review_data(document.review),
        "moved": [
            {"text": line.text, "period": line.period, "path": line.path} for line in document.moved
        ],
        "kept": [_point(point) for point in document.kept],
        "customers": _tallies(document.customers),
        "thanks": [
            {
                "text": one.text,
                "people": list(one.people),
                "date": one.day.isoformat(),
                "path": one.path,
            }
            for one in document.thanks
        ],
    }


def review_data(review: Review) -> dict[str, Any]:
    """Return the values of a review."""
    span, enjoyment, follow_ups = review.span, review.enjoyment, review.follow_ups
    coverage, usual, band = review.coverage, enjoyment.usual, enjoyment.band
    return {
        "period": span.name,
        "title": span.title,
        "first": review.days.start.isoformat(),
        "last": review.days.last.isoformat(),
        "find": span.query or None,
        "coverage": {
            "written": coverage.written,
            "possible": coverage.possible,
            "noun": coverage.noun,
            "missing": _isos(review.missing),
            "extra": _isos(review.extra.days),
        },
        "gaps": [
            {"first": gap.first.isoformat(), "last": gap.last.isoformat(), "days": gap.length}
            for gap in review.gaps
        ],
        "words": review.words.number,
        "days": [_day(day) for day in review.written.values()],
        "enjoyment": {
            "lowest": enjoyment.scale.low,
            "highest": enjoyment.scale.high,
            "rated": len(enjoyment.rated),
            "unrated": _isos(enjoyment.unrated.days),
            "median": enjoyment.median,
            "band": [band.low, band.high] if band else None,
            "usual": {
                "ratings": usual.number,
                "median": usual.median,
                "quartiles": None if usual.low is None else [usual.low, usual.high],
            },
            "distribution": [
                {"rating": share.step.label, **_figure(share.figure), "usual": share.usual}
                for share in enjoyment.shares
            ],
            "best": [_day(day) for day in enjoyment.best],
            "worst": [_day(day) for day in enjoyment.worst],
        },
        "learning_points": [
            _point(point) for day in review.written.values() for point in day.points
        ],
        "themes": [
            {"name": theme.name or None, **_figure(theme.figure)} for theme in review.themes
        ],
        "follow_ups": {
            "made": _figure(follow_ups.made),
            "done": _figure(follow_ups.done),
            "dropped": _figure(follow_ups.dropped),
            "open": _figure(follow_ups.open),
            "waiting": _figure(follow_ups.waiting),
            "late": _figure(follow_ups.late),
            "earlier": _figure(follow_ups.earlier),
        },
        "people": _tallies(review.people),
        "tags": _tallies(review.tags),
        "kinds": _tallies(review.kinds),
        "notes": [
            {"period": note.period, "path": note.path, "title": note.title} for note in review.notes
        ],
    }


def _isos(days: Iterable[date]) -> list[str]:
    return [day.isoformat() for day in days]


def _figure(figure: Figure) -> dict[str, Any]:
    return {"number": figure.number, "dates": _isos(figure.days), "find": figure.query or None}


def _tallies(tallies: Iterable[Tally]) -> list[dict[str, Any]]:
    return [{"name": tally.name, **_figure(tally.figure)} for tally in tallies]


def _day(day: WrittenDay) -> dict[str, Any]:
    return {
        "date": day.day.isoformat(),
        "path": day.path,
        "line": day.line,
        "rating": day.rating,
        "remark": day.remark,
        "words": day.words,
    }


def _point(point: LearningPoint) -> dict[str, Any]:
    return {
        "text": point.text,
        "date": point.day.isoformat(),
        "path": point.path,
        "line": point.line,
        "names": list(point.names),
    }
