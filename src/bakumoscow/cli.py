"""The command `bakumoscow`."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bakumoscow.commands.ask import command
from bakumoscow.commands.questions import SECTIONS
from bakumoscow.commands.sections import Sections
from bakumoscow.terminal import CannotRun, never_fail_to_print, print_line, sentence

if TYPE_CHECKING:
    from bakumoscow.findings import Findings

EXIT_PROBLEMS = 1
NO_FILE_IS_BROKEN = (
    "No file is half-written. `bakumoscow build --check` shows which files are not current; "
    "`bakumoscow build` writes them."
)


@click.group(cls=Sections, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="bakumoscow")
def main() -> None:
    """The 2025 crisis between Russia and Azerbaijan as tables in which every coded cell is backed by a claim."""
    never_fail_to_print()


directory_argument = click.argument("directory", type=click.Path(path_type=Path), default=".")


@main.command()
@directory_argument
@click.option("--check", is_flag=True, help="Write nothing. Show the stale files and exit 1 if there are any.")
def build(directory: Path, check: bool) -> None:
    """Build the published files of DIRECTORY.

    Reads data/ and seeds/, and writes build/csv/, build/parquet/, build/explorer.html, schemas/, CODEBOOK.md,
    datapackage.json and datapackage-parquet.json. If the package says its title, description, authors, licence
    and day, also croissant.json, schema-org.jsonld, datacite.json, ro-crate-metadata.json and CITATION.cff; a file
    of these names that somebody else wrote stays as it is.
    If there is a problem, nothing is written, each problem is shown as
    `file:line:column [rule] what is wrong. What to do.`, and the command exits 1.
    """
    from bakumoscow.pipeline.build import ContractError, DataError
    from bakumoscow.pipeline.build import build as run
    from bakumoscow.problem import UsageError
    from bakumoscow.reports.summary import summary

    try:
        result = run(directory, check)
        if result.findings.warnings:
            show(directory, result.findings, err=True)
    except DataError as error:
        show(directory, error.findings, err=True)
        raise SystemExit(EXIT_PROBLEMS) from None
    except (UsageError, ContractError) as error:
        raise CannotRun(sentence(error)) from None
    except OSError as error:
        raise CannotRun(f"{sentence(error)} {NO_FILE_IS_BROKEN}") from None
    for line in summary(result, check):
        print_line(line)
    if check and result.stale + result.gone:
        raise SystemExit(EXIT_PROBLEMS)


def show(
    directory: Path, findings: "Findings", form: str | None = None, show_all: bool = False, err: bool = False
) -> None:
    """Print findings in a format. Without one: GitHub's under GitHub Actions, otherwise text."""
    from bakumoscow.reports import report

    form = form or ("github" if os.environ.get("GITHUB_ACTIONS") == "true" else "text")
    click.echo("\n".join(report(findings, directory, form, show_all)), err=err)


@main.command()
@directory_argument
@click.option(
    "--format",
    "chosen",
    type=click.Choice(["text", "json", "github", "sarif"]),
    help="The format of the report. Default: github under GitHub Actions, otherwise text.",
)
@click.option(
    "--all",
    "show_all",
    is_flag=True,
    help="Show every problem. Without it, at most ten of one rule are shown (1,000 in JSON and SARIF).",
)
@click.option("--strict", is_flag=True, help="Exit 1 if there are warnings, too.")
@click.pass_obj
def validate(own_process: bool | None, directory: Path, chosen: str | None, show_all: bool, strict: bool) -> None:
    """Check DIRECTORY as `build` does, and write nothing.

    Exits 0 if there are no problems, 1 if there are, 2 if the command cannot run.
    """
    if own_process:
        from bakumoscow.without_pandas import keep_out_pandas

        keep_out_pandas()
    from bakumoscow.pipeline.examine import examine
    from bakumoscow.problem import UsageError

    try:
        findings = examine(directory).findings
        show(directory, findings, chosen, show_all)
    except (UsageError, OSError) as error:
        raise CannotRun(sentence(error)) from None
    if findings.problems or (strict and findings.warnings):
        raise SystemExit(EXIT_PROBLEMS)


@main.command()
@directory_argument
@click.option("--yes", is_flag=True, help="Write without asking.")
def fix(directory: Path, yes: bool) -> None:
    """Repair what needs no judgement in DIRECTORY.

    Shows the changes of data/ and asks before it writes them. Repairs byte order marks, line ends, white space
    around cells, text that is not NFC (except the article's words), the order of columns and rows, needless
    quotation marks, and missing columns that may be empty. No meaning changes.
    """
    from bakumoscow.pipeline.fix import differences, fixes, write
    from bakumoscow.problem import UsageError

    try:
        files = fixes(directory)
        for line in differences(directory, files):
            print_line(line)
        if not files:
            click.echo("nothing to fix")
        elif yes or click.confirm(f"Write {len(files)} file{'' if len(files) == 1 else 's'}?"):
            write(directory, files)
            click.echo(f"written: {', '.join(files)}")
    except (UsageError, OSError) as error:
        raise CannotRun(sentence(error)) from None


@main.command()
@click.argument("rule_id", required=False)
def rules(rule_id: str | None) -> None:
    """List all rules, or explain the rule RULE_ID."""
    from bakumoscow.rules import RULES
    from bakumoscow.rules.nearest import nearest

    if rule_id is None:
        width = max(map(len, RULES))
        for rule in RULES.values():
            click.echo(f"{rule.id:<{width}}  {rule.demands}{' (warning)' if rule.severity == 'warning' else ''}")
        return
    if rule_id not in RULES:
        near = nearest(rule_id, RULES)
        hint = f"; the nearest is {near}" if near else ""
        raise CannotRun(f"there is no rule {rule_id!r}{hint}. `bakumoscow rules` lists all rules.")
    rule = RULES[rule_id]
    click.echo(f"{rule.id} ({rule.severity})\n")
    click.echo(f"demands:    {rule.demands}")
    click.echo(f"because:    {rule.why}")
    click.echo(f"broken by:  {rule.example}")
    click.echo(f"tables:     {', '.join(rule.tables) or 'all'}")


@main.command()
@click.argument("directory", type=click.Path(path_type=Path), required=False)
@click.option(
    "--text",
    "texts",
    type=click.Path(path_type=Path),
    multiple=True,
    help="Show the whole sentences of the article in this file, too. May be given several times.",
)
@click.option("--article", "--article-id", "article_id", help="Show only this article.")
@click.option("--output", type=click.Path(path_type=Path), help="Write the page to this file, and do not open it.")
@click.option("--no-open", is_flag=True, help="Only print where the page is.")
def explore(
    directory: Path | None, texts: tuple[Path, ...], article_id: str | None, output: Path | None, no_open: bool
) -> None:
    """Open the page that shows the tables and the words behind them.

    It is that of the built package in DIRECTORY, or of the installed one: build/explorer.html, which needs no network.

    \b
    Examples:
      bakumoscow explore
      bakumoscow explore . --text seeds/has-russia-lost-azerbaijan.txt
    """
    from bakumoscow.dataset import installed, open_dataset
    from bakumoscow.errors import IntegrityError, NotFoundError
    from bakumoscow.explorer.opening import page_file

    try:
        dataset = installed() if directory is None else open_dataset(directory)
        found = page_file(dataset, texts, article_id, output)
    except (NotFoundError, IntegrityError, OSError) as error:
        raise CannotRun(sentence(error)) from None
    print_line(str(found))
    if not output and not no_open and click.launch(found.resolve().as_uri()):
        raise CannotRun("no browser could be opened; open the file yourself.")


@main.command()
@click.argument("old", type=click.Path())
@click.argument("new", type=click.Path())
@click.option(
    "--format",
    "output",
    type=click.Choice(["text", "csv", "json"]),
    default="text",
    help="text (the default): as wide as the terminal; csv, json: one row a change, in UTF-8, for programs.",
)
@click.option("--check", is_flag=True, help="Exit 1 if the version or the CHANGELOG.md of NEW does not match.")
@click.pass_obj
def diff(own_process: bool | None, old: str, new: str, output: str, check: bool) -> None:
    """Print what differs between two packages.

    The last line says which version that demands. OLD and NEW are each a directory with a built package, its
    datapackage.json, or a wheel, of any version. Exits 0 whether or not they differ.

    With --check, the changes must either raise the version as far as they demand, or be entered in CHANGELOG.md under
    "Unreleased". Each corrected cell must be named there under "Data", by its id and column, and what is removed under
    "Moved or removed".

    \b
    Example:
      bakumoscow diff bakumoscow-0.3.0-py3-none-any.whl .
    """
    if own_process and output == "text":
        from bakumoscow.without_pandas import keep_out_pandas

        keep_out_pandas()
    from bakumoscow.commands.compared import compared

    if compared(old, new, output, check):
        raise SystemExit(EXIT_PROBLEMS)


for questions in SECTIONS.values():
    for name, question in questions.items():
        main.add_command(command(name, question))
