"""Fetch records that are no file: from an API page by page, from a database row by row, as JSON Lines."""
