"""The patterns of text columns, each with its words, its advice, and values that it accepts and refuses.

A pattern is written once, without anchors, in the common subset of RE2, Python's re and ECMAScript: explicit classes,
no look-around, no `\\d`, `\\w` or `\\s`.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Pattern:
    """`words` says what a matching value is, `advice` what to do about a value that does not match."""

    name: str
    expression: str
    words: str
    advice: str
    accepts: tuple[str, ...]
    refuses: tuple[str, ...]

    @property
    def anchored(self) -> str:
        """The expression for whole values in RE2. In Python's re, `$` also matches before a last line break."""
        return anchored(self.expression)


def anchored(expression: str) -> str:
    r"""The expression that in RE2 matches only whole values.

    >>> anchored("a|b")
    '\\A(?:a|b)$'
    """
    return rf"\A(?:{expression})$"


_DAY = "[0-9]{4}[?]?(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?"  # a year, month or day; `?` marks an inferred year
_DAYS = ("2025", "2025?", "2025-06", "2025-10", "2025-06-07", "2025-06-17", "2025-06-27", "2025-06-30", "2025-06-31")
_DIGITS = "0123456789abcdef" * 4
_PATTERNS = (
    Pattern(
        "slug",
        "[a-z][a-z0-9]*(-[a-z0-9]+)*",
        "a key",
        "Use lower-case letters, digits and hyphens, beginning with a letter.",
        ("a", "raid", "yekaterinburg-raid", "a1", "raid-2", "a-1-b"),
        ("", "A", "1a", "-a", "a-", "a--b", "a_b", "a b", " a", "a ", "ä", "a\u0301", "a/b", "٣", "a\nb"),
    ),
    Pattern(
        "text",
        "[^\\x00-\\x20\\x7f-\\xa0]([^\\x00-\\x1f\\x7f-\\x9f]*[^\\x00-\\x20\\x7f-\\xa0])?",
        "clean text",
        "Remove line breaks, control characters and white space at the ends.",
        ("a", "June 27", "a  b", "38", "“unacceptable”", "Баку", "ə", "e\u0301", "😀", "a\u00a0b", "=1+1", '"'),
        (
            *("", " ", " a", "a ", "\ta", "a\t", "a\nb", "a\rb", "a\tb"),
            *("a\x00b", "a\x7fb", "a\x85b", "\u00a0a", "a\u00a0"),
        ),
    ),
    Pattern(
        "edtf",
        f"({_DAY}|\\[{_DAY}[.][.]({_DAY})?\\]|\\[[.][.]{_DAY}\\]|({_DAY}|[.][.])/({_DAY}|[.][.]))",
        "a date in the subset of EDTF used here",
        "Write 2025-06-27, 2025?-06-27, [2025?-06-27..] or A/B; a year before 1 (BC) cannot be written.",
        tuple(
            form.format(day)
            for form in ("{}", "[{}..]", "[..{}]", "[2024..{}]", "{}/2026", "2024/{}", "{}/..", "../{}")
            for day in _DAYS
        ),
        (
            *("", "2025-13", "2025-06-27 or so", "x2025", "2025/", "/2025"),
            *("[2025]", "[..]", "2025..2026", "٢٠٢٥"),
        ),
    ),
    Pattern(
        "country-code",
        "[A-Z]{3}",
        "an ISO 3166-1 alpha-3 code",
        "Write three capital letters, such as NOR.",
        ("AZE", "RUS"),
        ("", "AZ", "AZER", "aze", "A1E", "ÄZE", " AZE", "AZE "),
    ),
    Pattern(
        "language-code",
        "[a-z]{2,3}(-[A-Za-z0-9]{2,8})*",
        "a language code",
        "Write a BCP 47 code, such as en.",
        ("en", "aze", "en-GB", "az-Latn-AZ", "de-1996"),
        ("", "e", "engl", "EN", "en_GB", "en-", "en-G", "en-abcdefghi", "én"),
    ),
    Pattern(
        "sha256",
        "[0-9a-f]{64}",
        "a SHA-256",
        "Write the 64 lower-case hexadecimal digits.",
        (_DIGITS,),
        ("", "0123456789abcdef", "0123456789ABCDEF" * 4, _DIGITS + "0", "g" * 64),
    ),
)
PATTERNS = {pattern.name: pattern for pattern in _PATTERNS}
