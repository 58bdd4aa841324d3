"""Reading a page as a reader does: its visible text, its links, its elements."""

import re
from html.parser import HTMLParser


class Page(HTMLParser):
    """A parsed page. ``text`` is what can be read, white space folded; ``elements`` are pairs of
    tag and attributes in document order."""

    def __init__(self, response):
        super().__init__()
        self.html = response.content.decode()
        self.elements = []
        self._texts = []
        self._skipping = False
        self.feed(self.html)
        self.text = re.sub(r"\s+", " ", "".join(self._texts))

    def handle_starttag(self, tag, attributes):
        self.elements.append((tag, dict(attributes)))
        self._skipping = tag in {"head", "script", "style"} or (
            self._skipping and tag not in {"body", "main"}
        )
        if tag in {"p", "li", "dd", "dt", "td", "th", "h1", "h2", "h3", "h4", "div", "br"}:
            self._texts.append(" ")

    def handle_data(self, data):
        if not self._skipping:
            self._texts.append(data)

    def all(self, tag, **attributes):
        """The attributes of every element with this tag and these attributes."""
        return [
            found
            for name, found in self.elements
            if name == tag and all(found.get(key) == value for key, value in attributes.items())
        ]

    def links(self):
        """The addresses of all links, in order."""
        return [link["href"] for link in self.all("a") if "href" in link]

    def link_to(self, words):
        """The address of the link that reads so."""
        found = re.search(rf'<a [^>]*href="([^"]*)"[^>]*>\s*{re.escape(words)}\s*</a>', self.html)
        assert found, f"no link reads {words!r}"
        return found[1].replace("&amp;", "&")

    def part(self, identifier):
        """The markup from the element with this id to the next part or the end."""
        start = self.html.index(f'id="{identifier}"')
        ends = [
            found
            for mark in ('<section class="part', "</article>", "</main>")
            if (found := self.html.find(mark, start)) > 0
        ]
        return self.html[start : min(ends)]


def get(client, address, **options):
    """The parsed page at an address, which must be there."""
    response = client.get(address, **options)
    assert response.status_code == 200, response.status_code
    return Page(response)
