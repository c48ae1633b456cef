"""Look up in the index what journal asks of it besides searches."""
