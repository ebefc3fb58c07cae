"""Two versions of a fictional council's plan, as text, PDF and Word, and what made them."""
