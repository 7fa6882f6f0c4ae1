"""Everything that is compiled from the models."""
