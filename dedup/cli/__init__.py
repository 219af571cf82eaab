"""The command line: one module per command; :func:`dedup.cli.main.main` is the entry point.

Nothing is imported here, so that even an interrupt during the imports is answered in one line.
"""
