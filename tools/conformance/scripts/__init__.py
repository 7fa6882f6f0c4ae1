"""What the judges are asked, each in its environment: `python -m tools.conformance.scripts.NAME`, from the root."""
