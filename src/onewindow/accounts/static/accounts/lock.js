/* The idle lock. The server decides; this asks it when the time may be over, and lays the lock over
   the page, so that ticket and typed text stay. A sign of life (key, finger) is told to the server
   at most once a minute. */

(function () {
  "use strict";

  var me = document.getElementById("me");
  var screen = document.getElementById("lock-screen");
  if (!me || !screen || !window.fetch) return;

  var TOLD_EVERY = 60000;
  var told = Date.now();
  var timer = null;
  var laid = null;
  var title = document.title;

  function ask(alive) {
    var headers = { Accept: "application/json" };
    if (!alive) headers["X-Woken"] = "1";
    return fetch(me.dataset.state, { headers: headers, credentials: "same-origin", cache: "no-store" })
      .then(function (answer) {
        if (answer.status === 401) { window.location.reload(); return null; }
        return answer.ok ? answer.json() : null;
      })
      .then(function (state) {
        if (state) follow(state);
        else again(30);
      })
      .catch(function () { again(30); });
  }

  function again(seconds) {
    clearTimeout(timer);
    timer = setTimeout(function () { ask(false); }, Math.max(1, seconds) * 1000);
  }

  function follow(state) {
    if (state.locked) {
      lay();
      again(15);  /* another tab may open it */
    } else {
      lift();
      again(state.left + 1);
    }
  }

  function lay() {
    if (laid) return;
    laid = document.createElement("dialog");
    laid.className = "lock";
    laid.appendChild(screen.content.cloneNode(true));
    laid.addEventListener("cancel", function (event) { event.preventDefault(); });
    laid.addEventListener("keydown", function (event) { event.stopPropagation(); });
    laid.querySelector("form").addEventListener("submit", open);
    document.body.appendChild(laid);
    laid.showModal();
    laid.querySelector("input[name=pin]").focus();
    document.title = "\uD83D\uDD12 " + title;
  }

  function lift() {
    if (!laid) return;
    laid.close();
    laid.remove();
    laid = null;
    document.title = title;
  }

  function open(event) {
    var form = event.target;
    event.preventDefault();
    fetch(form.action, {
      method: "POST",
      body: new URLSearchParams(new FormData(form)),
      headers: { Accept: "application/json" },
      credentials: "same-origin"
    })
      .then(function (answer) { return answer.json(); })
      .then(function (state) {
        if (state.go) { window.location.assign(state.go); return; }
        if (state.said) refuse(form, state.said);
        else follow({ locked: false, left: 60 });
      })
      .catch(function () { refuse(form, form.dataset.unreachable || "\u2026"); });
  }

  function refuse(form, sentence) {
    var said = form.querySelector("#lock-said");
    var field = form.querySelector("input[name=pin]");
    said.textContent = sentence;
    said.hidden = false;
    field.value = "";
    field.focus();
    release(form);
  }

  function release(form) {
    form.removeAttribute("data-sent");
    form.querySelector("button").removeAttribute("aria-busy");
  }

  ["pointerdown", "keydown"].forEach(function (kind) {
    document.addEventListener(kind, function () {
      if (laid || Date.now() - told < TOLD_EVERY) return;
      told = Date.now();
      ask(true);
    }, { passive: true, capture: true });
  });

  document.addEventListener("htmx:beforeSwap", function (event) {
    if (event.detail.xhr.status !== 423) return;
    event.detail.shouldSwap = false;
    event.detail.isError = false;
    ask(false);
  });

  document.addEventListener("visibilitychange", function () {
    if (!document.hidden) ask(false);
  });

  document.addEventListener("submit", function (event) {
    if (!event.target.hasAttribute("data-lock-now")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    release(event.target);
    fetch(me.dataset.close, {
      method: "POST",
      body: new URLSearchParams(new FormData(event.target)),
      headers: { Accept: "application/json" },
      credentials: "same-origin"
    }).then(function () { ask(false); });
  }, true);

  ask(false);
})();
