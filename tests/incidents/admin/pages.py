"""Pages of the admin as a person meets them: read a form, fill it in, add rows, send it."""

from html.parser import HTMLParser


class _FormReader(HTMLParser):
    """Collects what a browser would send if the form were sent as it stands."""

    def __init__(self, form_id):
        super().__init__()
        self.form_id = form_id
        self.inside = False
        self.values = {}
        self.choices = {}
        self._select = self._option = self._textarea = None

    def handle_starttag(self, tag, attributes):
        at = dict(attributes)
        if tag == "form":
            self.inside = self.form_id in (None, at.get("id"))
        if not self.inside or "disabled" in at:
            return
        name = at.get("name")
        if tag == "input" and name and at.get("type") not in ("submit", "button", "image"):
            if at.get("type") in ("checkbox", "radio"):
                self.values.setdefault(name, [])
                self.choices.setdefault(name, []).append((at.get("value", "on"), ""))
                if "checked" in at:
                    self.values[name].append(at.get("value", "on"))
            else:
                self.values.setdefault(name, []).append(at.get("value", ""))
        elif tag == "select" and name:
            self._select = (name, "multiple" in at)
            self.values[name] = []
            self.choices[name] = []
        elif tag == "option" and self._select:
            self._option = at.get("value", "")
            self.choices[self._select[0]].append([self._option, ""])
            if "selected" in at:
                self.values[self._select[0]].append(self._option)
        elif tag == "textarea" and name:
            self._textarea = name
            self.values[name] = [""]

    def handle_data(self, data):
        if self._textarea:
            self.values[self._textarea][0] += data
        elif self._option is not None and self._select:
            self.choices[self._select[0]][-1][1] += data

    def handle_endtag(self, tag):
        if tag == "form" and self.inside and self.form_id is not None:
            self.inside = False
        elif tag == "option":
            self._option = None
        elif tag == "select" and self._select:
            name, multiple = self._select
            if not multiple and not self.values[name] and self.choices[name]:
                self.values[name] = [self.choices[name][0][0]]
            self._select = None
        elif tag == "textarea" and self._textarea:
            # A browser drops the first line break of a text area.
            self.values[self._textarea][0] = self.values[self._textarea][0].removeprefix("\n")
            self._textarea = None


class Form:
    """A form of a page: what it would send, and what it offers."""

    def __init__(self, client, path, form_id=None):
        response = client.get(path)
        assert response.status_code == 200, response.get("Location", response.status_code)
        self.client, self.path = client, path
        self.read(response, form_id)

    def read(self, response, form_id=None):
        self.html = response.content.decode()
        reader = _FormReader(form_id)
        reader.feed(self.html)
        self.values, self.choices = reader.values, reader.choices
        assert self.values, "the page has no such form"

    def __getitem__(self, name):
        values = self.values[name]
        return values[0] if len(values) == 1 else values

    def fill(self, prefix="", /, **values):
        """Type values; ``prefix`` is that of an inline row."""
        for name, value in values.items():
            name = f"{prefix}-{name}" if prefix else name
            assert name in self.values, f"the page has no box {name}"
            many = value if isinstance(value, list | tuple) else [value]
            self.values[name] = [str(getattr(each, "pk", each)) for each in many]
        return self

    def add_row(self, rows, **values):
        """Do what “Add another” does; returns the prefix of the new row."""
        total = f"{rows}-TOTAL_FORMS"
        index = int(self[total])
        self.values[total] = [str(index + 1)]
        prefix = f"{rows}-{index}"
        for name, value in list(self.values.items()):
            if name.startswith(f"{rows}-__prefix__-"):
                self.values[name.replace("__prefix__", str(index))] = list(value)
        self.fill(prefix, **values)
        return prefix

    def row_of(self, rows, name, value):
        """The prefix of the row in which a box has this value."""
        for index in range(int(self[f"{rows}-TOTAL_FORMS"])):
            if self[f"{rows}-{index}-{name}"] == str(getattr(value, "pk", value)):
                return f"{rows}-{index}"
        raise LookupError(f"no row of {rows} has {value} as {name}")

    def labels(self, name):
        """The choices of a box, as a reader sees them."""
        return [label.strip() for _value, label in self.choices[name]]

    def send(self, button="_continue", **more):
        """Send the form as a browser would, with a reason where nobody typed one; returns the
        answer."""
        data = {name: value for name, value in self.values.items() if "__prefix__" not in name}
        if data.get("why") == [""]:
            data["why"] = ["A detail was corrected."]
        if button:
            data[button] = "1"
        return self.client.post(self.path, {**data, **more})

    def save(self, button="_continue"):
        """Send the form and expect it to be accepted; returns the primary key of the record."""
        response = self.send(button)
        if response.status_code != 302:
            raise AssertionError("\n".join(errors_of(response)) or "refused")
        return int(response["Location"].rstrip("/").split("/")[-2])


class _Errors(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found, self.depth = [], 0

    def handle_starttag(self, tag, attributes):
        if tag == "ul" and "errorlist" in (dict(attributes).get("class") or ""):
            self.depth += 1

    def handle_endtag(self, tag):
        if tag == "ul" and self.depth:
            self.depth -= 1

    def handle_data(self, data):
        if self.depth and data.strip():
            self.found.append(data.strip())


def errors_of(response):
    """Every message of refusal on a page."""
    reader = _Errors()
    reader.feed(response.content.decode())
    return reader.found


def messages_of(client):
    """What the next page tells, and forgets."""
    response = client.get("/admin/")
    return [str(message) for message in response.context["messages"]]
