"""The same questions to several programs over the same made-up record, measured in one run."""
