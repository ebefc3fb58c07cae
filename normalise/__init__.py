"""Document to Plan: rows stitched, text repaired, dates and people resolved."""
