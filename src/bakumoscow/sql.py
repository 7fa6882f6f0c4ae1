"""Texts and names as SQL writes them."""


def sql_text(value: str) -> str:
    """A text as a literal.

    >>> sql_text("it's")
    "'it''s'"
    """
    return "'" + value.replace("'", "''") + "'"


def sql_name(name: str) -> str:
    """A name, which may be a word of SQL."""
    return '"' + name.replace('"', '""') + '"'
