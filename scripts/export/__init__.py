"""The FAQ export merged into the YAML file; scripts/convert_tsv.py is its command line."""
