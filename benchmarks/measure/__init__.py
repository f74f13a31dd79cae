"""What benchmarks/relevance.py measures with: judged collections, metrics, peers and their runs."""
