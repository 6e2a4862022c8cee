"""The steps on the command line, without Airflow: `yearbook --help`.

Not its business: what a step does, and in which order (`pipeline`). Heavy imports wait until a command needs them.
"""

import typer

from yearbook.cli import compare, decide, findings, look, review, sign, simulate, sources, steps, trace, trying

app = typer.Typer(
    help="From contract and project records to annual indicators, and to a report.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
app.command()(steps.extract)
app.command()(steps.validate)
app.command()(steps.compute)
app.command()(steps.publish)
app.command()(steps.prerelease)
app.command()(steps.run)
app.command()(sign.sign)
app.command()(look.observations)
app.command()(findings.findings)
app.command()(findings.assign)
app.command()(review.review)
app.command()(look.log)
app.command()(compare.compare)
app.command()(trace.trace)
app.command("try")(trying.try_examples)
app.command()(look.handbook)
app.command()(simulate.simulate)
app.add_typer(decide.app, name="decisions")
app.add_typer(sources.app, name="sources")
