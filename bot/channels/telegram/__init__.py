"""Telegram: the mirror of the residents' and staff groups, by webhook or by long polling."""
