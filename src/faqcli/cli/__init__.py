"""The command line: options in, exit code out; loads, searches and hands the result to a format."""
