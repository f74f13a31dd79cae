"""The live search: type, and the list of entries follows each key."""
