"""Listen to customers: what they said, what was promised, done and told. Pure: no files, no clock.

- `visit`: `Visit`, what one entry says of customers, read by `read_visit`: `Feedback`, and each `Promise`
  for it or for the customer in general
- `loop`: `Loop`, what became of one thing that was said or promised: said → promised → done → told →
  confirmed, or refused, or reopened; made of all visits by `loops`

`lookups/customer_facts` gathers the visits from the index.
"""
