"""The search: text into terms, an index of them, a query against it, the ranking."""
