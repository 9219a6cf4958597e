"""Tables found by their headers, and which column is which."""
