"""What a person sees of a cell: formats, colours, what is struck through or not to be seen."""
