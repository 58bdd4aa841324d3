/* Keeps a long form on the server while it is typed, so that a power cut loses nothing. Nothing is
   ever written into the browser. Without this script the button "Keep and go on later" does it. */
"use strict";

(function () {
    const line = document.getElementById("kept-line");
    const form = line && document.getElementById(line.dataset.form);
    if (!form || !window.fetch || !window.FormData || !line.dataset.address) return;
    const often = 5000, longest = 60000;
    let pause = often, running = null, leaving = false;

    function typed() {
        const body = new FormData(form);
        // Files are not kept.
        for (const [name, value] of Array.from(body.entries())) {
            if (typeof value !== "string") body.delete(name);
        }
        body.delete("csrfmiddlewaretoken");
        return new URLSearchParams(body).toString();
    }

    function say(words) {
        if (line.textContent !== words) line.textContent = words;
    }

    // A page that came back with typed text, refused or to be looked over, is kept at once.
    let kept = line.dataset.typed ? "" : typed();

    async function keep() {
        const body = typed();
        if (leaving || body === kept) return;
        running = new AbortController();
        let answer;
        try {
            answer = await fetch(line.dataset.address, {
                method: "POST",
                body: body,
                credentials: "same-origin",
                redirect: "manual",
                signal: running.signal,
                headers: {
                    "Content-Type": "application/x-www-form-urlencoded",
                    "X-CSRFToken": form.elements.csrfmiddlewaretoken.value
                }
            });
        } catch (error) {
            if (error.name !== "AbortError") {
                say(line.dataset.away);
                pause = Math.min(pause * 2, longest);
            }
            return;
        } finally {
            running = null;
        }
        if (answer.type === "opaqueredirect") {
            say(line.dataset.out);
            pause = longest;
        } else if (answer.status === 201) {
            kept = body;
            pause = often;
            say((await answer.json()).kept);
        } else {
            // Too large, not allowed any more, or another page has something kept here: the page
            // must not go on claiming that this was kept.
            say(line.dataset.refused);
            pause = longest;
        }
    }

    async function again() {
        await keep();
        if (!leaving) window.setTimeout(again, pause);
    }

    form.addEventListener("submit", function () {
        leaving = true;
        if (running) running.abort();
    });
    window.addEventListener("pageshow", function (event) {
        if (event.persisted && leaving) {
            leaving = false;
            again();
        }
    });
    window.setTimeout(again, often);
})();
