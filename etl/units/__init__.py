"""Administrative units through time: versions, events, names."""
