"""The catalogue: every rule that the build enforces, under its id."""

from bakumoscow.rules import cells, evidence, files, tables
from bakumoscow.rules.rule import Rule

RULES: dict[str, Rule] = {rule.id: rule for rule in files.RULES + cells.RULES + tables.RULES + evidence.RULES}
