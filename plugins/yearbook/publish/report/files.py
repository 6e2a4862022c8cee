"""The files of an edition, and of its programme, that a report leads to: the address of each, and what it is for.

Not its business: writing them (`edition.MAKERS`, `site`).
"""

from yearbook.publish.checksums import CHECKSUMS
from yearbook.publish.context import Context
from yearbook.publish.words.language import N_

OBSERVATIONS, TRACE = "observations.csv", "trace.json"
STRUCTURE_FILE, DATA_FILE = "sdmx-structure.xml", "sdmx-data.csv"
WORKBOOK = N_("Excel: cover, notes, and one table a sheet with the years side by side")
EVERY_FIGURE = N_("every figure of this edition, with numerator, denominator, number of records and status")
SDMX_STRUCTURE = N_("SDMX-ML 3.0: what the codes mean, in all languages")
SDMX_DATA = N_("SDMX-CSV 2.0: every figure, for statistical systems")
BY_NAME = N_("every figure by its permanent name, with what it is made of")
REPORT_PDF = N_("this report for print")
BRIEF_PDF = N_("the key figures on one page for print")
OF_ALL = N_("checksums of all files of this edition")
SERIES = N_("all years in one file")
FEED = N_("Atom: releases, corrections and withdrawals, for a feed reader")


def make_files(context: Context) -> list[tuple[str, str]]:
    """Addresses, as seen from the report, and what stands there."""
    tag, say = context.language.tag, context.language.say
    files = [(f"{tag}.xlsx", WORKBOOK), (OBSERVATIONS, EVERY_FIGURE)]
    files += [(STRUCTURE_FILE, SDMX_STRUCTURE), (DATA_FILE, SDMX_DATA), (TRACE, BY_NAME)]
    if context.material.recipe.programme.pdf:
        files += [(f"{tag}.pdf", REPORT_PDF), (f"{tag}.brief.pdf", BRIEF_PDF)]
    files += [(CHECKSUMS, OF_ALL), ("../series.csv", SERIES), (f"../{tag}.atom", FEED)]
    return [(address, say(text)) for address, text in files]
