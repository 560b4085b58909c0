"""Moments: dates, years, times of the day, durations."""
