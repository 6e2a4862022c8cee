"""What stands over all editions of a programme: its pages, series, history and feed."""
