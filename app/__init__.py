"""Turns the house on: settings, clock, wiring, web, jobs, command line."""
