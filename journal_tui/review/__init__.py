"""Look back on a period: what was written, how it was rated, what was learned. Pure: no files, no clock.

- `span`: `Span` (`kind`, `days`, `anchor`; `title`, `name`, `query`, `calendar`; `step`, `resized`,
  `within`), made by `parse_span`, `span_around` and `span_of_days`
- `written_day`: `WrittenDay` and `LearningPoint`, the facts that the index gives (`lookups/review_facts`)
- `review`: `Review`, made of these by `make_review`; its parts are `Figure`, `Cell`, `Bin`, `Enjoyment`,
  `Share`, `Theme`, `FollowUpFigures`, `Tally` and `Gap`
- `ratings`: medians, bands, steps of the scale, and usual ratings
- `coverage`: `Counting`, which days count, and `Coverage`, how many of them are written
- `overview`: a review in words, as `OverviewSection`s of `OverviewLine`s, and as strips of characters
- `good_days`: `GoodDays`, made by `make_good_days`: a `FactorAnswer` for each `Factor`, or `TooFew` days
- `significance`: the statistical tests of `good_days`, which respect runs, weekdays and the number of questions
- `closing`: `Closing`, what the note of a closed period keeps: `format_closing`, `read_closing`, `complete_note`,
  and `points_to_keep`; `ClosingFacts` has the facts needed to close a period
- `closing_time`: which week to close, and on which day to suggest closing it
- `calibration`: `Calibration`, which earlier days were rated the same, and `flat_stretch`
- `document`: `Document`, made by `make_document`: a review as claims with their days and quotations, which
  `document_markdown` and `document_page` lay out, the page with the drawings of `charts`
- `review_data`: a review and its document as values for JSON
- `thanks`: the sentences in which a person is thanked by name
- `returning_points`: which learning point is shown again, and when

A `Review` has `span`, `days`, `today`, `counting`, `written` (day → `WrittenDay`), `notes`, `coverage`,
`covered`, `missing`, `extra`, `gaps`, `enjoyment`, `points`, `themes`, `follow_ups`, `people`, `tags`,
`kinds`, `words`, `first_ever`, `last_ever`; `is_empty`, `cell`, `cells` and `bins`. Each count is a
`Figure`: `number`, `days`, and `query`, the search that finds exactly these days, or "".
"""
