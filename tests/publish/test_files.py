"""The files that a report leads to: all that stand there, and no PDF where none is made."""

from dataclasses import replace

import editions
from yearbook.publish.report.files import make_files

ALWAYS = [
    "en.xlsx",
    "observations.csv",
    "sdmx-structure.xml",
    "sdmx-data.csv",
    "trace.json",
    "SHA256SUMS",
    "../series.csv",
    "../en.atom",
]


def test_the_files_of_a_report(context_of) -> None:
    context = context_of(editions.year_rows(2024))
    assert [address for address, _ in make_files(context)] == ALWAYS
    assert all(text for _, text in make_files(context))


def test_pdf_where_the_programme_asks_for_it(context_of) -> None:
    context = context_of(editions.year_rows(2024))
    programme = context.material.recipe.programme.model_copy(update={"pdf": True})
    material = replace(context.material, recipe=replace(context.material.recipe, programme=programme))
    addresses = [address for address, _ in make_files(replace(context, material=material))]
    assert addresses == [*ALWAYS[:5], "en.pdf", "en.brief.pdf", *ALWAYS[5:]]
