"""Run the command in a process of its own: `bakumoscow` and `python -m bakumoscow`."""

from bakumoscow.cli import main


def run() -> None:
    """Run the command; `obj=True` tells it that the process is its own, so it may keep pandas out."""
    main(prog_name="bakumoscow", obj=True)


if __name__ == "__main__":
    run()
