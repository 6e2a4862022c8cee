"""The steps on the command line, without Airflow: `yearbook --help`.

Not its business: what a step does, and in which order (`pipeline`). Heavy imports wait until a command needs them.
"""

import typer

from yearbook.cli import look, sources, steps

app = typer.Typer(
    help="From contract and project records to annual indicators, and to a report.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
for command in (steps.extract, steps.validate, steps.compute, steps.publish, steps.run):
    app.command()(command)
for command in (look.observations, look.findings, look.log):
    app.command()(command)
app.command()(sources.simulate)
app.add_typer(sources.app, name="sources")
