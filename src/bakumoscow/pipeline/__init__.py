"""From `data/` and `seeds/` to the published files: read, anchor, derive, validate, write."""
