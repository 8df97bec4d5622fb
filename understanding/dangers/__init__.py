"""Dangers to life and limb: how people speak of them, what else such words can mean, and the number to call."""
