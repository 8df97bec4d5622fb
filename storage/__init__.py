"""Keeps tickets, people and messages in a database; knows only the core."""
