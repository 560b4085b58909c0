"""Collect articles and tell their lines apart."""
