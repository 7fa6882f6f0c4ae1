"""The progress of a command that takes long, as a bar on standard error."""

import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from time import monotonic

import click

PATIENCE = 1.0  # seconds for which nobody needs a bar
WIDEST = len("saving the workbook")


@contextmanager
def progress_bar() -> Iterator[Callable[[float, str], None]]:
    """What to tell the share that is done and what comes next, as `export` does.

    The bar is drawn after a second, and only if standard error is a terminal.
    """
    begun = monotonic()
    bar = click.progressbar(length=100, file=sys.stderr, hidden=not sys.stderr.isatty())
    with ExitStack() as drawn:

        def tell(share: float, part: str) -> None:
            if not bar.entered and (share == 1 or monotonic() - begun < PATIENCE):
                return
            bar.label = part.ljust(WIDEST)
            if not bar.entered:
                drawn.enter_context(bar)
            bar.update(round(100 * share) - bar.pos)

        yield tell
