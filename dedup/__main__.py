"""``python -m dedup`` is the command ``dedup``."""

from __future__ import annotations

from dedup.cli.main import run as main

if __name__ == "__main__":
    main()
