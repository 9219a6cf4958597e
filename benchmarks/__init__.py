"""How fast khoxa is: against the floor, under Airflow, and against what one would write instead.

Run by `python -m benchmarks`; docs/benchmarks.md says what each figure means.
"""
