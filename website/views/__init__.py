"""One module a page type. Views fetch, decide and render; what a page says is worked out in
``website.presentation``."""
