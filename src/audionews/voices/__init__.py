"""From a script to clips: engines, cache, checks."""
