"""Merge the FAQ export into the FAQ file; scripts/convert_tsv.py is the command line."""
