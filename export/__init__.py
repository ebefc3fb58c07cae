"""Plans to files: JSON, CSV and data frames. Nothing here changes what a plan says."""
