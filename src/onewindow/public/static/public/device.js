/* A screen is told from afar to load itself anew, and learns that it was removed. It asks when its
   topic wakes it, and twice a minute in any case; a finger on the glass is waited for. */

(function () {
  "use strict";

  var mine = document.currentScript.dataset;
  var HOME = /^\/[a-z]\/[^/]+\//.exec(location.pathname);
  var QUIET = 30000;
  var touched = 0;
  var due = false;

  function go() {
    if (!due || Date.now() - touched < QUIET) return;
    location.replace(HOME ? HOME[0] : location.pathname);
  }

  function ask() {
    fetch(mine.asks, { cache: "no-store", credentials: "same-origin" }).then(function (answer) {
      if (answer.status === 404) location.replace(HOME ? HOME[0] : location.pathname);
      return answer.ok ? answer.text() : mine.turn;
    }).then(function (turn) {
      if (turn !== mine.turn) due = true;
      go();
    }, function () { return null; });
  }

  document.addEventListener("pointerdown", function () { touched = Date.now(); });
  document.addEventListener("DOMContentLoaded", function () {
    document.body.addEventListener("sse:" + mine.topic, ask);
  });
  setInterval(ask, 30000);
  setInterval(go, 2000);
})();
