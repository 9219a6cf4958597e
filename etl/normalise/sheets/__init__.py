"""What a sheet or a page as a whole does to its figures: continued, hidden, merged, empty."""
