"""The formats compiled from the model and the rules."""
