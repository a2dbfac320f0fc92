"""Metrics: defined figures over the warehouse. `metrics.engine` reads them; a family of definitions a file."""
