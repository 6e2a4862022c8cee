"""`python -m yearbook`: the command line."""

from yearbook.cli import app

app(prog_name="yearbook")
