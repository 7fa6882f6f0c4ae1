"""Programs that others wrote read the published files; `make conformance` asks each and counts the verdicts."""
