"""The readings of the tables, and what one voice asserts, laid over a reading.

stated: only what words say, whoever says it; no row and no cell that the coder concludes.
coded: the tables as they are published.
filled: coded, with the empty cells filled for which the coder has a conclusion.
"""

from bakumoscow.readings.reading import Reading

__all__ = ["Reading"]
