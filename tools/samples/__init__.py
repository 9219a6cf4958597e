"""What the sample inbox is drawn with: facts, invented figures, workbooks."""
