"""From articles to the exact words: rundown, condensation, templates."""
