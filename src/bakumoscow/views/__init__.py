"""The questions that a dataset answers: each is a function of a dataset, and a method of it."""
