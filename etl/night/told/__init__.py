"""What a night says of itself: in the log of every step, and on one page the morning after.

Doors: `steps.take` (a step of etl.night.chain, told), `steps.failed`, `steps.close`; by day,
`by_day.collect` and `by_day.take`; and `page.letter`, which makes a mail of the page. Words are in
words.yaml, causes of failures and what to do in causes.yaml, questions in sql/nightly.
"""
