"""How fast the service is, measured against goals. Run by `make bench`; docs/benchmarks.md says what is measured."""
