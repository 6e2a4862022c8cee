"""Tables of figures: their cells, marks and notes, and the download below."""
