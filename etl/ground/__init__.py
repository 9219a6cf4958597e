"""The shared ground every room may stand on: settings, records, form shapes, units, database."""
