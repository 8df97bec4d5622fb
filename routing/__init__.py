"""The core about tickets: tiers, rules, deadlines and the verbs people have. Standard library only."""
