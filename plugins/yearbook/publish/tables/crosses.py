"""The table of a cross of two dimensions: parts of the one as lines, of the other as columns, a figure in each cell.

Not its business: which crosses are shown (an indicator's `cross`).
"""

from yearbook.publish.context import Context
from yearbook.publish.figures import Figure, split_code
from yearbook.publish.tables.cells import BLANK, write_cell, written_for
from yearbook.publish.tables.dimensions import Plan, finish_table
from yearbook.publish.tables.flags import Flags
from yearbook.publish.view import Row, Table
from yearbook.publish.words.language import N_

BY_BOTH = N_("%(title)s by %(one)s and %(other)s, %(year)s")
ALL_OF = N_("All, %(unit)s")
IN_ORDER = N_("In order of the number of records, the largest first.")
MOST_COLUMNS = 14


def cross_table(context: Context, plan: Plan) -> Table:
    """Lines by one dimension and columns by the other, each of one level, with the lines' totals."""
    names, code = context.names.of(plan.indicator), plan.indicator.indicator
    every = context.figures.parts(code, context.year, plan.dimension, plan.variant)
    split = {tuple(split_code(plan.dimension, pair).values()): figure for pair, figure in every.items()}
    found = [
        (dimension, names.rankable(dimension, {pair[place] for pair in split}))
        for place, dimension in enumerate(plan.indicator.cross)
    ]
    # The longer list stands as lines: a page is higher than it is wide.
    is_turned = len(found[0][1]) < len(found[1][1])
    (down, lines), (across, columns) = reversed(found) if is_turned else found
    cells = {(pair[is_turned], pair[not is_turned]): figure for pair, figure in split.items()}
    columns = columns[:MOST_COLUMNS]
    shown = {pair: figure for pair, figure in cells.items() if pair[0] in lines and pair[1] in columns}
    wholes = context.figures.parts(code, context.year, down, plan.variant)
    figures = [*shown.values(), *(wholes[line] for line in lines if line in wholes)]
    written, flags = written_for(context, plan.indicator, figures), Flags(context, plan.indicator, figures)
    lines.sort(key=lambda line: (-_weight(shown, line), names.name(down, line)))
    columns = [column for column in columns if any((line, column) in shown for line in lines)]
    heads = [context.dimension_title(down), context.language.say(ALL_OF, unit=written.label)]
    rows = [
        Row(
            names.name(down, line),
            [write_cell(one, written, flags) for one in (wholes.get(line), *(shown.get((line, c)) for c in columns))],
        )
        for line in lines
    ]
    rows = [row for row in rows if any(cell != BLANK for cell in row.cells)]
    title = context.language.say(
        BY_BOTH,
        title=context.title(plan.indicator, plan.variant),
        one=context.language.inner(context.dimension_title(down)),
        other=context.language.inner(context.dimension_title(across)),
        year=context.year,
    )
    heads += [names.name(across, column) for column in columns]
    notes = [*flags.notes(), context.language.say(IN_ORDER)]
    return finish_table(context, plan, title, heads, rows, notes, figures)


def _weight(shown: dict[tuple[str, str], Figure], line: str) -> int:
    return sum(figure.records or 0 for (one, _), figure in shown.items() if one == line)
