"""What a text says by itself: a figure, a day, a period, a name, who filed."""
