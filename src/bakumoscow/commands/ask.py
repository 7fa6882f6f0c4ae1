"""Make the commands of the questions, ask the dataset, and print the answer."""

import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from inspect import cleandoc
from typing import TYPE_CHECKING, Any

import click

from bakumoscow.commands.progress import progress_bar
from bakumoscow.commands.question import DIRECTORY, OUTPUT_FORMAT, Question
from bakumoscow.terminal import CannotRun, print_data, print_line, print_lines, printable, sentence, terminal_width

if TYPE_CHECKING:
    import pandas as pd

    from bakumoscow.dataset import Dataset


def command(name: str, question: Question) -> click.Command:
    """The command of a question; its help ends with the example."""
    own = [DIRECTORY] if question.prints_one_text else [OUTPUT_FORMAT, DIRECTORY]
    return click.Command(
        name,
        params=[*question.parameters, *own],
        callback=partial(_ask, name, question),
        help=f"{cleandoc(question.help)}\n\n\b\nExample:\n  {question.example}",
    )


def _ask(name: str, question: Question, directory: str | None, output: str = "text", **given: Any) -> None:
    """Call the method and print what it returns; an argument that was not given has the method's own default."""
    arguments = {key: _as_text(value) for key, value in given.items() if value is not None}
    answer: Any
    with errors_as_sentences():
        dataset = _dataset(directory)
        if output == "text" and question.lines:
            answer = _wrapped(question.lines(dataset, arguments))
        else:
            with progress_bar() as progress:
                answer = getattr(dataset, name)(**arguments, **({"progress": progress} if question.takes_long else {}))
            if output == "text" and question.for_people:
                answer = question.for_people(dataset, arguments, answer)
    if isinstance(answer, str):
        answer = answer.removesuffix("\n").split("\n")
    if isinstance(answer, list) and output == "text":
        print_lines(answer)
    else:
        _print_frame(_frame(name, answer), output)


def _as_text(value: Any) -> Any:
    """The words of an argument that takes many, as one text."""
    return " ".join(value) if isinstance(value, tuple) else value


def _dataset(directory: str | None) -> "Dataset":
    from bakumoscow.dataset import installed, open_dataset

    return installed() if directory is None else open_dataset(directory)


@contextmanager
def errors_as_sentences() -> Iterator[None]:
    """Errors about files and arguments stop the command with a sentence; warnings for users become sentences."""
    from bakumoscow.errors import IntegrityError, NotFoundError

    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("ignore")
        warnings.simplefilter("always", UserWarning)
        try:
            yield
        except (NotFoundError, IntegrityError, ValueError, TypeError, OSError, ModuleNotFoundError) as error:
            raise CannotRun(sentence(error)) from None
        finally:
            for warning in caught:
                print_line(str(warning.message), err=True)


def _frame(name: str, answer: "pd.DataFrame | list[str]") -> "pd.DataFrame":
    """The answer as a frame; a list of names becomes its only column."""
    import pandas as pd

    return answer if isinstance(answer, pd.DataFrame) else pd.DataFrame({name.removesuffix("s"): answer}, dtype=object)


def _print_frame(frame: "pd.DataFrame", output: str) -> None:
    if output == "text":
        from bakumoscow.reports.frame_text import frame_text

        print_lines(frame_text(_article_last(frame), terminal_width(), sys.stdout.encoding or "utf-8"))
    else:
        from bakumoscow.reports.frame_rows import frame_csv, frame_json

        print_data(frame_csv(frame) if output == "csv" else frame_json(frame))


def _article_last(frame: "pd.DataFrame") -> "pd.DataFrame":
    """The frame with the article as its last column, for it is the same in most rows."""
    return frame[sorted(frame, key=lambda column: column == "article_id")]


def _wrapped(lines: list[str]) -> list[str]:
    """Lines wrapped at the width of a terminal; elsewhere, such as in a file, each stays a line."""
    from bakumoscow.reports.text_width import wrap

    room = max(2, terminal_width())
    return [part for line in lines for part in wrap(printable(line), room)] if sys.stdout.isatty() else lines
