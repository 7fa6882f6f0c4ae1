"""Compare the two codings of the article: `python -m tools.codings [--check]` writes docs/coding-report.md."""
