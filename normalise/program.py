"""Which version of this program it is."""

#: The one place that says it: the package takes it from here, so that no run need look for what is installed.
VERSION = "0.1.0"
