"""audionews: a day's French news articles in, a radio bulletin and its podcast feed out."""

__version__ = "0.1.0"
