"""The command in a process of its own: `bakumoscow` and `python -m bakumoscow`."""

from bakumoscow.cli import main


def run() -> None:
    """Run the command; what only a process of its own may do, it may."""
    main(prog_name="bakumoscow", obj=True)


if __name__ == "__main__":
    run()
