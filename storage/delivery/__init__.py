"""Letters and their way: the outbox, leases, lanes, reply windows and the vendors' tokens."""
