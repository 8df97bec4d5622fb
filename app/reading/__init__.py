"""How this house reads and learns: open matters in memory, models made and taken into use, the report on both."""
