"""Plumbing that any Django site could use. Knows no app above it."""
