"""Facts of the year's work: numbers for the assessment, each with the rows that it is counted from.

The one place where they are derived. docs/facts.md says what each source counts, and when there is
no fact; `derive.derive` is the entry, `table.facts_table` hands them to the engine.
"""
