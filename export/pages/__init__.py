"""Pages for people: one HTML file each, with its style, script and pictures inside it, so that it opens from a disk."""
