"""What a plan.json proves of itself, and with its source."""
