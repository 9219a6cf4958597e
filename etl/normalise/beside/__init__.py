"""Words beside figures that change what they are: notes, remarks, names of columns and rows."""
