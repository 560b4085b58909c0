"""From a bulletin to what the public sees: feed, pages, transcript, server."""
