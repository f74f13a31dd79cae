"""Results out: tables for people, JSON and plain lines for scripts, both streams."""
