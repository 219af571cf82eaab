"""Engines: what runs the stages."""
