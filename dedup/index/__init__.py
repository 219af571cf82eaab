"""The persistent index: what is known of a corpus, in one SQLite file."""
