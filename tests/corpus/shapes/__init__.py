"""Lawful shapes of the XML in a workbook: other letters of the file, the same workbook.

`SHAPES` (xlsx) and `ODS_SHAPES` by name; each changes a package in place and nothing that it says.
"""

from tests.corpus.shapes import lexis, names, sheets, spreadsheet
from tests.corpus.shapes.package import ODS_SHAPES, SHAPES, Package

__all__ = ["ODS_SHAPES", "SHAPES", "Package", "lexis", "names", "sheets", "spreadsheet"]
