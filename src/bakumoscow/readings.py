"""The readings of a table, each contained in the next: as stated, as coded, as filled in; and the overlay of one voice."""
