"""The search: analysis of texts, an index of them, queries against it, the ranking."""
