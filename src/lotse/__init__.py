"""Lotse: document once, prove everywhere."""
