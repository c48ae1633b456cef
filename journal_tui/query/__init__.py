"""What a search asks for: text to a query, and the query called with words. Pure."""
