"""What a page says, worked out from finished documents: pure functions, no request, no query."""
