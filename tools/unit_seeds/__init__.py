"""The parts of `draw_units.py`: names, source, rows entered by hand, history, checks."""
