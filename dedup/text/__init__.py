"""Text: encodings, parts to set aside, folding, tokens, shingles."""
