"""Settings: ``base`` for all, then one module for each place Gawah runs in."""
