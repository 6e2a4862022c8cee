"""The report of one edition: its cover, brief, chapters and last pages, as finished texts for the templates."""
