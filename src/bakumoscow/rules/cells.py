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
        "mixed-scripts",
        "No word of the coder's own text mixes Latin letters with Cyrillic or Greek ones.",
        "A Cyrillic `а` looks like a Latin one, and no search finds the word.",
        "A label `Rаid` whose second letter is Cyrillic.",
        "{value!r} mixes Latin letters with others that look like them, in {row_name}.",
        "Type the cell anew.",
    ),
    Rule(
        "spaces",
        "The coder's own text has single spaces, and no other kind of space.",
        "Two labels that differ by a space are two labels to every program.",
        "A note with two spaces in a row.",
        "{value!r} has two spaces in a row or a space of another kind, in {row_name}.",
        "Type one space.",
    ),
    Rule(
        "country",
        "A country code is in ISO 3166-1.",
        "A well-formed code of no country joins with no other dataset.",
        "`RUZ` for `RUS`.",
        "{value} is the code of no country{nearest}.",
        "Correct the code.",
        ("actors", "places", "codes"),
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
