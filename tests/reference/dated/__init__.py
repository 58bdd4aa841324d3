"""A small app with dates and terms in its models, installed by the tests that need columns."""
