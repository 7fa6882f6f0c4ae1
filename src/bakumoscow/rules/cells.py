"""Rules of free text: what spreadsheets, keyboards and converters do to a cell."""

from bakumoscow.rules.rule import Rule

RULES = [
    Rule(
        "spreadsheet-error",
        "No cell holds a spreadsheet's error value.",
        "The value that stood there is lost.",
        "`#REF!` in a label.",
        "{value!r} is an error value of a spreadsheet, in {row_name}.",
        "Restore the value from the last commit.",
    ),
    Rule(
        "invisible-character",
        "No cell of the coder's own text holds an invisible character.",
        "Two values that look the same would not be the same.",
        "A zero-width space in a note.",
        "{value!r} holds an invisible character.",
        "Type the cell anew.",
    ),
    Rule(
        "missing-in-words",
        "What is missing is an empty cell.",
        "`NA`, `null` and `unknown` are values to every program that reads them.",
        "`n/a` in a note.",
        "{value!r} stands for a missing value in {row_name}.",
        "Empty the cell.",
    ),
    Rule(
        "formula",
        "No cell of the coder's own text begins with =, +, - or @.",
        "A spreadsheet would run it.",
        "A note that begins with `=`.",
        "{value!r} is a formula to a spreadsheet.",
        "Begin the cell with a word.",
    ),
    Rule(
        "formula-quoted",
        "No words of the article in a cell begin with =, +, - or @.",
        "A spreadsheet would run them. A direct quotation may have to begin so.",
        "The passage `-5 degrees`.",
        "{value!r} is a formula to a spreadsheet.",
        "Begin the passage one word earlier, if it is no direct quotation.",
        severity="warning",
    ),
]
