"""The help of `bakumoscow`: its commands in sections, in the order of the tables that list them."""

from collections.abc import Mapping

import click

from bakumoscow.commands.questions import SECTIONS

MAINTENANCE = ("validate", "build", "diff", "fix", "rules")
OF_SECTION: Mapping[str, tuple[str, ...]] = {
    "See the tables and the words behind them": ("explore",),
    **{title: tuple(questions) for title, questions in SECTIONS.items()},
    "A package of your own": MAINTENANCE,
}


class Sections(click.Group):
    """A group whose commands are listed in sections."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of the commands, in the order of the sections."""
        return [name for names in OF_SECTION.values() for name in names]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the sections."""
        room = formatter.width - 6 - max(map(len, self.commands))
        for title, names in OF_SECTION.items():
            with formatter.section(title):
                formatter.write_dl([(name, self.commands[name].get_short_help_str(room)) for name in names])
