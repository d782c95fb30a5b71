"""`python -m letters`, and what the command `letters` calls."""

from __future__ import annotations

import signal


def main() -> None:
    """Import and run the command line. Ctrl-C before that ends the process as it ends any other, without a word."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from letters.cli import main as run

    run()


if __name__ == "__main__":
    main()
