"""Fuzzing: files broken on purpose, by the byte and by their structure, and what must hold of whatever is read."""
