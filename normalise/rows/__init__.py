"""Step 2: printed rows become records: one record an action, every character of the row in one of its cells."""
