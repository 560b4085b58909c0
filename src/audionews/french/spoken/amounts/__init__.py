"""Amounts: money, measures, coordinates, and the ranges of both."""
