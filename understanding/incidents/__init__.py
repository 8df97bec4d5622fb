"""The same matter told by many: which open matter a report is about."""
