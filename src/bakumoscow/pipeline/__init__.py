"""From `data/` and `seeds/` to the published files: read, anchor, derive, check, encode, publish."""
