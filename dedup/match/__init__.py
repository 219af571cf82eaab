"""Matching: candidates, evidence, the decision, clusters, and what differs."""
