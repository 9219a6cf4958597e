"""The typical questions of benchmarks/bi_queries.yaml run, and read no big table from end to end."""
