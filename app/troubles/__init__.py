"""What went wrong in this house, who is told of it, and what a person can do about it."""
