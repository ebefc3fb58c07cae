"""A History for people and machines: one form a file, in the words that all forms share."""
