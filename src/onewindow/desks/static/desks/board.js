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
})();
