"""khoxa: the rooms that turn filed workbooks into a warehouse (see README.md for the map)."""
