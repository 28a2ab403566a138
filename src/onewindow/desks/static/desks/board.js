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

  /* A menu that the lower edge of the screen would cut opens upwards. */
  function fit(ask) {
    var panel = ask.querySelector(".panel");
    ask.classList.remove("up");
    if (ask.open && panel.getBoundingClientRect().bottom > window.innerHeight) ask.classList.add("up");
    if (ask.open) panel.scrollIntoView({ block: "nearest" });
  }

  document.addEventListener("toggle", function (event) {
    if (event.target.matches(".board-window .ask")) fit(event.target);
  }, true);

  Array.prototype.forEach.call(document.querySelectorAll(".board-window .ask[open]"), fit);
})();
