"""Find the same Chinese text in different clothes, and say why."""
