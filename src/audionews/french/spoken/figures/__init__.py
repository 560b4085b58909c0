"""Figures: numbers that are names, ranks, fractions, scores, and every number left."""
