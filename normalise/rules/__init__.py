"""The repairs, one rule a file; `normalise/repairs.py` says what a rule is made of, and finds them here."""
