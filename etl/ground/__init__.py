"""What every room stands on: settings, records, database, server, worker pool, errors, text."""
