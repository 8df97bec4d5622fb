"""The tables, one subject a file: records and nothing else."""
