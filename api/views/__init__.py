"""Views by resource. Each reads parameters, asks the record and writes one envelope."""
