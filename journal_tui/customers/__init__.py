"""Listen to customers: what they said, what was promised, done and told. Pure: no files, no clock.

- `visit`: `Visit`, what one entry says of customers: `Feedback`, and each `Promise` for it or for the customer
  in general; `visit_reader` reads it
- `loop`: `Loop`, what became of one thing that was said or promised: said → promised → done → told →
  confirmed, or refused, or reopened; made of all visits by `loops`
- `overview`: `Overview`, made by `make_overview`: customers and themes in a period, and `CustomerPage`,
  everything about one customer
- `customer`: `Customer`, what journal.toml says of a customer, and `customer_key`
- `spellings`: customers that may be the same one, spelt differently
- `changes`: edits of an entry that name another customer, or say that a customer heard of what was done or
  confirmed that it helped
- `words`: loops and overviews in words, for the command line and the app
- `agenda`: what is open from earlier visits, as text in the note of the next one
- `sheet`: “You said, we did” of a customer or a theme, laid out by `sheet_markdown` and `sheet_page`
- `register`: the promises as a table for a spreadsheet, and an edited one read back

`lookups/customer_facts` gathers the visits from the index.
"""
