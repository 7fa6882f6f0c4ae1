"""What was tried against the build, the loader and the package's files, how often, and what happened."""
