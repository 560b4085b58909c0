"""French for the ear and the eye: sentences, numbers, dates, sigles, agreement. Pure functions."""
