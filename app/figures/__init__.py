"""The figures of this house: sums kept up to date, what the API is asked for, the public board."""
