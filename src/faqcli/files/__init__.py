"""FAQ files: read, validated, checked, compiled and kept."""
