"""The declaration of each table in plain Python: its columns with their types, patterns, levels and marks.

Nothing here imports pandas, pandera or pyarrow; everything else is compiled from it.
"""
