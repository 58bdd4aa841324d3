"""The staff side on a generated case file: how long each page takes, and how many queries."""
