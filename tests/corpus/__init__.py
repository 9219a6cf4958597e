"""Drawn workbooks: bases (what is filed) × traits (how it is filed), each with what must follow.

`cases/*.yaml` describes them, one entry a workbook; `build.py` draws one; `test_corpus.py` runs
them all through the rooms. `traits.yaml` lists the traits in words. Nothing drawn is committed.
"""
