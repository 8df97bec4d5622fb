"""Conversation and delivery: what people write and tap becomes a verb, what happened becomes words."""
