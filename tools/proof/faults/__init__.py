"""The faults: of one cell, of a file, of several cells or rows at once."""
