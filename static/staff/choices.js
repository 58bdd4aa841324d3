/* What select2 puts in place of a choice of rows, told rightly to screen readers. A box for several
   rows loses its name as soon as one is chosen; that for one row shows it in a text box without a
   name, which is none. */
"use strict";

(function () {
    function tell(part) {
        for (const choice of part.querySelectorAll("select.admin-autocomplete")) {
            const made = choice.nextElementSibling;
            if (!made || !made.matches(".select2-container")) continue;
            const box = made.querySelector(".select2-search__field");
            const shown = made.querySelector(".select2-selection__rendered[role]");
            if (box) box.setAttribute("aria-label", choice.getAttribute("aria-label"));
            if (shown) {
                shown.removeAttribute("role");
                shown.removeAttribute("aria-readonly");
            }
        }
    }

    django.jQuery(function () { tell(document); });
    document.addEventListener("formset:added", function (event) { tell(event.target); });
})();
