"""Everything that is compiled from the model and the rules."""
