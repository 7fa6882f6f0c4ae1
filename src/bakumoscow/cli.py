"""The command `bakumoscow`."""

from pathlib import Path

import click

EXIT_PROBLEMS = 1
EXIT_CANNOT_RUN = 2


class CannotRun(click.ClickException):
    """An error in one sentence, exit 2."""

    exit_code = EXIT_CANNOT_RUN


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="bakumoscow")
def main() -> None:
    """The 2025 crisis between Russia and Azerbaijan as tables in which every coded cell shows its words."""


@main.command()
@click.argument("directory", type=click.Path(path_type=Path), default=".")
@click.option("--check", is_flag=True, help="Write nothing; show what is stale and exit 1 if anything is.")
def build(directory: Path, check: bool) -> None:
    """Build the published files of DIRECTORY from its data/ and seeds/.

    Writes build/csv/, build/parquet/, schemas/, CODEBOOK.md and datapackage.json. On a problem nothing is
    written, every problem is shown as `file:line:column [rule] what is wrong. What to do.`, and the command
    exits 1.
    """
    from bakumoscow.pipeline.build import build as run
    from bakumoscow.problems import DataError, UsageError, report
    from bakumoscow.summary import summary

    try:
        result = run(directory, check)
    except DataError as error:
        for line in report(error, directory):
            click.echo(line, err=True)
        raise SystemExit(EXIT_PROBLEMS) from None
    except (UsageError, OSError) as error:
        raise CannotRun(str(error)) from None
    for line in summary(result, check):
        click.echo(line)
    if check and result.stale + result.gone:
        raise SystemExit(EXIT_PROBLEMS)


@main.command()
@click.argument("table")
@click.argument("row_id")
@click.argument("field", required=False)
@click.option("--article", "article_id", help="The article, where several have the row.")
def evidence(table: str, row_id: str, field: str | None, article_id: str | None) -> None:
    """Print the words behind the row ROW_ID of TABLE, or behind its cell FIELD.

    Where the article is at hand, the sentence is printed with the passage in [brackets].
    """
    from bakumoscow.published import IntegrityError, NotFoundError
    from bakumoscow.witness import witness

    try:
        lines = witness(table, row_id, field, article_id)
    except (NotFoundError, IntegrityError) as error:
        raise CannotRun(str(error)) from None
    for line in lines:
        click.echo(line)
