"""Reads what a resident wrote: intent, category, urgency and place."""
