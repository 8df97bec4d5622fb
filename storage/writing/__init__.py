"""Group commit: jobs wait, run in savepoints on one unit of work, and are committed together."""
