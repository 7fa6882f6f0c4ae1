"""`python -m bakumoscow`."""

from bakumoscow.cli import main

main(prog_name="bakumoscow")
