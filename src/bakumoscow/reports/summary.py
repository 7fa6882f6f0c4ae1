"""The summary of a build, for people."""

from bakumoscow.pipeline import explorer_page
from bakumoscow.pipeline.build import Result
from bakumoscow.pipeline.package import UNNAMED


def summary(result: Result, check: bool) -> list[str]:
    """Rows of each table, claims, sentences, share quoted, changed files, seconds of each stage."""
    tables = result.tables
    width = max(len(name) for name in tables)
    lines = [f"{name:<{width}}  {table.num_rows:>7,} rows" for name, table in tables.items()]
    roles = tables["sentences"]["role"].to_pylist()
    aside = sum(role != "coded" for role in roles)
    articles = tables["articles"].num_rows
    lines += [
        "",
        f"{tables['claims'].num_rows:,} claims anchored in {articles:,} article{'' if articles == 1 else 's'}, "
        f"{len(roles):,} sentences accounted for ({len(roles) - aside:,} coded, {aside:,} set aside), "
        f"{result.share:.1%} of the text quoted",
    ]
    if result.name == UNNAMED["name"]:
        lines += ["the package has no name: add one to package.toml or to [tool.bakumoscow.package] in pyproject.toml"]
    if tables["events"].num_rows > explorer_page.MOST_EVENTS:
        lines += [
            f"no {explorer_page.PATH}: the package has more than {explorer_page.MOST_EVENTS:,} events; "
            "`bakumoscow explore --article` shows one article"
        ]
    lines += _changes(result, check)
    total = sum(result.seconds.values())
    stages = ", ".join(f"{stage} {seconds:.2f}" for stage, seconds in result.seconds.items())
    return [*lines, f"{total:.2f} seconds: {stages}"]


def _changes(result: Result, check: bool) -> list[str]:
    count = len(result.stale) + len(result.gone)
    if not count:
        return ["everything is current"]
    files = f"{count} file{'' if count == 1 else 's'}"
    if check:
        return [*result.differences, f"{files} stale: run `bakumoscow build` and commit what it writes"]
    paths = ", ".join((result.stale + result.gone)[:6]) + (" ..." if count > 6 else "")
    return [f"{files} changed: {paths}"]
