"""A file to a Document: what is printed, and where; nothing is repaired."""
