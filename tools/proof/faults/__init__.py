"""The faults: of one cell and of a file."""
