/* Keeps the figures of a running job up to date. Without it the page says "Look again". */
"use strict";

(function () {
    const box = document.getElementById("job");
    if (!box || !box.dataset.address) return;
    const bar = document.getElementById("job-bar");
    const words = document.getElementById("job-words");
    const often = 2000, seldom = 30000;
    let pause = often;

    async function look() {
        try {
            const answer = await fetch(box.dataset.address, { headers: { Accept: "application/json" } });
            // Logged out meanwhile: the page itself leads to the log-in and back here.
            if (answer.redirected || !answer.ok) throw new Error(String(answer.status));
            const job = await answer.json();
            if (job.over) {
                window.location.reload();
                return;
            }
            words.textContent = job.words;
            if (job.total) {
                bar.max = job.total;
                bar.value = job.done;
            }
            pause = often;
        } catch {
            pause = Math.min(pause * 2, seldom);
        }
        window.setTimeout(look, pause);
    }
    window.setTimeout(look, pause);
})();
