/* While a name is typed: asks who is perhaps known already. Without this script the same is said
   after saving. Names travel in the body of the request, never in an address. */
(function () {
    "use strict";
    var place = document.getElementById("known-people");
    var form = place && place.closest("form");
    if (!form || !window.fetch || !window.FormData) { return; }
    var waiting = 0, asked = "", running = null;

    function boxes(part) {
        return Array.from(form.querySelectorAll('input[name^="names-"][name$="-' + part + '"]'))
            .filter(function (box) { return box.name.indexOf("__prefix__") < 0; });
    }

    function typed() {
        var body = new FormData(), any = false;
        boxes("given").forEach(function (box) {
            var father = form.elements[box.name.replace("-given", "-fathers_name")];
            if (box.value.trim()) {
                any = true;
                body.append("given", box.value);
                body.append("father", father ? father.value : "");
            }
        });
        ["sex", "birth"].forEach(function (name) {
            if (form.elements[name]) { body.append(name, form.elements[name].value); }
        });
        body.append("person", place.dataset.person);
        return any ? body : null;
    }

    function show(answer) {
        place.textContent = "";
        if (!answer.people.length) { return; }
        var title = document.createElement("p"), list = document.createElement("ul");
        title.textContent = answer.title;
        answer.people.forEach(function (person) {
            var item = document.createElement("li"), link = document.createElement("a");
            var name = document.createElement("bdi"), why = document.createElement("span");
            link.href = person.address;
            link.target = "_blank";
            link.rel = "noopener";
            name.textContent = person.label;
            link.appendChild(name);
            why.textContent = " – " + person.strength + ": " + person.why;
            item.append(link, why);
            list.appendChild(item);
        });
        place.append(title, list);
    }

    function ask() {
        var body = typed(), key = body ? JSON.stringify(Array.from(body.entries())) : "";
        if (key === asked) { return; }
        asked = key;
        if (running) { running.abort(); running = null; }
        if (!body) { place.textContent = ""; return; }
        running = new AbortController();
        fetch(place.dataset.address, {
            method: "POST",
            body: body,
            credentials: "same-origin",
            signal: running.signal,
            headers: { "X-CSRFToken": form.elements.csrfmiddlewaretoken.value }
        }).then(function (answer) {
            if (!answer.ok) { throw new Error("refused"); }
            return answer.json();
        }).then(show).catch(function (error) {
            if (error.name !== "AbortError") { place.textContent = ""; }
        });
    }

    form.addEventListener("input", function (event) {
        if (/^(names-\d+-(given|fathers_name)|sex|birth)$/.test(event.target.name || "")) {
            window.clearTimeout(waiting);
            waiting = window.setTimeout(ask, 600);
        }
    });
}());
