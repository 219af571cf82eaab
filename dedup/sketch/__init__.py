"""Sketching: what stands for a text when a million are compared."""
