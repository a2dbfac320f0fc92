"""Connectors: one file per export format, found by itself. `connectors.base` is the way in."""
