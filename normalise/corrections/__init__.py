"""What reviewers decided by hand: the decisions as values, where each belongs, and what it makes of a row."""
