"""Days of a made street on a clock of its own: invented people write and work through the sandbox's door."""
