# What the tasks do is in tools/task.py, which Windows runs too: `py tools/task.py build`.
PYTHON ?= python3
.PHONY: build test check lock
build test check lock:
	@$(PYTHON) tools/task.py $@
