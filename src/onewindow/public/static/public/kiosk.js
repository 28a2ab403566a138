/* The kiosk: keys on the screen, no link that could lead to an error page of the browser, and an
   honest word when the hall's server does not answer. */

(function () {
  "use strict";

  var PATIENCE = 5000;
  var STILL_HERE = 60000;
  var lost = { form: null, at: 0 };
  var pressed = false;

  function alive() {
    var stop = window.AbortController ? new AbortController() : null;
    if (stop) setTimeout(function () { stop.abort(); }, PATIENCE);
    return fetch(document.body.dataset.alive, {
      cache: "no-store", credentials: "same-origin", signal: stop && stop.signal
    }).then(function (answer) {
      if (answer.status === 404) location.reload(); // it was removed, and the page says so
      return answer.ok;
    }, function () { return false; });
  }

  function reachable(yes) {
    var was = document.body.classList.contains("unreachable");
    document.body.classList.toggle("unreachable", !yes);
    if (!yes || !was) return;
    if (!again()) location.assign(location.pathname);
  }

  /* A request whose answer was lost is sent once more, while its visitor may still stand here: with
     the key of its form, so what the hall has done already is only told. */
  function again() {
    var form = lost.form;
    lost.form = null;
    if (!form || !document.contains(form) || Date.now() - lost.at > STILL_HERE) return false;
    form.requestSubmit();
    return true;
  }

  function unanswered(event) {
    var from = event.detail.requestConfig;
    if (from.verb === "post" && from.elt.tagName === "FORM") {
      if (lost.form !== from.elt) lost.at = Date.now();
      lost.form = from.elt;
      setTimeout(look, 1500);
    }
    reachable(false);
  }

  function look() { alive().then(reachable); }

  setInterval(look, 10000);
  document.addEventListener("htmx:sendError", unanswered);
  document.addEventListener("htmx:timeout", unanswered);

  /* A link that loads a whole page is followed only when the server answers. */
  document.addEventListener("click", function (event) {
    var link = event.target.closest("a[data-careful]");
    if (!link) return;
    event.preventDefault();
    alive().then(function (yes) {
      if (yes) location.assign(link.href);
      else reachable(false);
    });
  });

  /* The waits are not renewed under a finger. */
  document.addEventListener("pointerdown", function () { pressed = true; });
  ["pointerup", "pointercancel"].forEach(function (kind) {
    document.addEventListener(kind, function () { setTimeout(function () { pressed = false; }, 300); });
  });
  document.addEventListener("htmx:beforeSwap", function (event) {
    if (pressed && event.detail.requestConfig.elt.hasAttribute("data-quiet")) event.detail.shouldSwap = false;
  });

  /* Letters */
  document.addEventListener("click", function (event) {
    var key = event.target.closest("[data-types]");
    if (!key) return;
    var field = document.getElementById("typed");
    field.value = key.dataset.types ? field.value + key.dataset.types.toLowerCase() : field.value.slice(0, -1);
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });

  document.addEventListener("contextmenu", function (event) { event.preventDefault(); });

  function print() {
    var number = document.querySelector("[data-prints]");
    if (!number) return;
    number.removeAttribute("data-prints");
    window.print();
  }

  document.addEventListener("htmx:afterSettle", print);
  print();
})();
