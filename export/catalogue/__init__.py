"""Thousands of plans as one dataset: its rows, its files, and the views over them."""
