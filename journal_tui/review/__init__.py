"""Look back on a period: what was written, how it was rated, what was learned. Pure: no files, no clock.

- `span`: `Span` (`kind`, `days`, `anchor`; `title`, `name`, `query`, `calendar`; `step`, `resized`,
  `within`), made by `parse_span`, `span_around` and `span_of_days`
- `written_day`: `WrittenDay` and `LearningPoint`, the facts that the index gives (`lookups/review_facts`)
- `review`: `Review`, made of these by `make_review`; its parts are `Figure`, `Cell`, `Bin`, `Enjoyment`,
  `Share`, `Theme`, `FollowUpFigures`, `Tally` and `Gap`
- `ratings`: medians, bands, steps of the scale, and what is usual
- `coverage`: `Counting`, which days count, and `Coverage`, how many of them are written
- `overview`: a review in words, as `Section`s of `Line`s, and as strips of characters
- `good_days`: `GoodDays`, made by `make_good_days`: an `Answer` for each `Factor`, or `TooFew` days
- `closing`: `Closing`, what the note of a closed period keeps: `format_closing`, `read_closing`, `complete_note`,
  and `points_to_keep`; `ClosingFacts` is what one needs to close a period
- `calibration`: `Calibration`, which earlier days were rated the same, and `flat_stretch`
- `document`: `Document`, made by `make_document`: a review as claims with their days and quotations, of which
  `document_markdown` and `document_page` make text, with the drawings of `charts`
- `review_data`: a review and its document as values for JSON
- `thanks`: the sentences in which a person is thanked by name
- `significance`: the tests for these, which respect runs, weekdays and the number of questions

A `Review` has `span`, `days`, `today`, `counting`, `written` (day → `WrittenDay`), `notes`, `coverage`,
`covered`, `missing`, `extra`, `gaps`, `enjoyment`, `points`, `themes`, `follow_ups`, `people`, `tags`,
`kinds`, `words`, `first_ever`, `last_ever`; `is_empty`, `cell`, `cells` and `bins`. What is counted is a
`Figure`: `number`, `days`, and `query`, the search that finds exactly these days, or "".
"""
