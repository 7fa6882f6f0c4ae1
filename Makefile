# What the tasks do is in tools/task.py, which Windows runs too: `py tools/task.py build`.
PYTHON ?= python3
.PHONY: build browser test check changes conformance weekly mutants lock release
build browser test check changes conformance weekly mutants lock release:
	@$(PYTHON) tools/task.py $@
