"""From an article to the sentences of it that are read: source, ranking, rewriting, choice. Pure."""
