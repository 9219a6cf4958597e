"""What draws the seeds of units and the samples; `python -m tools.NAME`."""
