"""Learns to sort from what people sorted: lessons, features, a plain model, its certainty and its figures."""
