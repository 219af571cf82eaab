"""The version of this release; ``pyproject.toml`` states the same."""

VERSION = "0.1.0"
