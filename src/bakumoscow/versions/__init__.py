"""Two versions of a package: what differs, which version number that demands, and whether CHANGELOG.md says so."""

from bakumoscow.versions.difference import diff

__all__ = ["diff"]
