/* The board refreshes itself; not under the hand of somebody who is choosing or typing in it. */

(function () {
  "use strict";

  document.addEventListener("htmx:beforeSwap", function (event) {
    var cause = event.detail.requestConfig && event.detail.requestConfig.triggeringEvent;
    var board = document.getElementById("board");
    if (cause && /^sse:/.test(cause.type) && event.detail.target === board) {
      event.detail.shouldSwap = !board.querySelector("details[open]");
    }
  });

  /* A field that one choice needs is asked for with that choice. */

  document.addEventListener("change", function (event) {
    var form = event.target.form;
    var field = event.target.name === "reason" && form && form.querySelector("[data-needed-for]");
    if (field) field.required = field.dataset.neededFor === event.target.value;
  });

  document.addEventListener("keydown", function (event) {
    var close = event.key === "Escape" && document.querySelector("#sheet header a");
    if (close) close.click();
  });
})();
