"""A page about each indicator and each dataset, in both languages, written from their definitions.

`make_pages` makes them, `write_pages` keeps a folder of them. Not its business: figures and records; a page says what
is declared.
"""

from yearbook.handbook.pages import make_pages, write_pages

__all__ = ["make_pages", "write_pages"]
