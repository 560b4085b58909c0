"""The proof-reader: true to the article (facts), written for the ear (style). Shares no code with what writes."""
