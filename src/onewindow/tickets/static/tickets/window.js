/* A window's panels, better: papers stay ticked, a button waits for its time, typed text stays,
   and a window that idles while people wait says so.

   data-version        a woken panel of the same version is left as it is
   data-enabled-at     the button opens at that moment (seconds of the epoch)
   data-press-at       the button is pressed at that moment
   data-patient        but not while something is being filled in
   data-quiet          the panel has just come: Enter and Space do nothing yet
   data-needed-for     the field is required with this reason
   data-ticks="ID"     the ticks inside are kept for this ticket while the tab is open
   data-waiting="N"    how many wait for this window
   data-rings="KEY"    a chime, once for this key: the pause is over, the duty manager asks */

(function () {
  "use strict";

  var ahead = Number(document.querySelector('meta[name="now"]').content) - Date.now() / 1000;
  var IDLE = 60;
  var QUIET_MS = 600;
  var idleSince = null;
  var title = document.title;
  var REST_MS = 3000;
  var pressed = -REST_MS;

  function now() { return Date.now() / 1000 + ahead; }
  function all(selector) { return Array.prototype.slice.call(document.querySelectorAll(selector)); }

  function openInTime() {
    all("[data-enabled-at]").forEach(function (button) {
      var left = Math.ceil(Number(button.dataset.enabledAt) - now());
      var shown = button.querySelector("[data-left]");
      button.disabled = left > 0;
      if (shown) {
        shown.hidden = left <= 0;
        shown.textContent = left > 0 ? String(left) : "";
      }
    });
    all("[data-press-at]").forEach(function (button) {
      if (button.hasAttribute("data-patient")) {
        if (fillsIn() || performance.now() - pressed < REST_MS) return;
      }
      if (now() >= Number(button.dataset.pressAt) + 0.3) {
        pressed = performance.now();
        button.removeAttribute("data-press-at");
        button.click();
      }
    });
  }

  function fillsIn() { return document.querySelector("#here .ask[open]") !== null; }

  /* Papers */

  function kept(list) { return "papers." + list.dataset.ticks; }

  function showTicks() {
    all("[data-ticks]").forEach(function (list) {
      var ticked = (sessionStorage.getItem(kept(list)) || "").split(" ");
      var boxes = Array.prototype.slice.call(list.querySelectorAll("input[type=checkbox]"));
      boxes.forEach(function (box) { box.checked = ticked.indexOf(box.value) >= 0; });
      count(list, boxes);
    });
  }

  function count(list, boxes) {
    var place = list.querySelector("[data-ticked]");
    if (place) place.textContent = String(boxes.filter(function (box) { return box.checked; }).length);
  }

  document.addEventListener("change", function (event) {
    var list = event.target.closest("[data-ticks]");
    if (!list) return;
    var boxes = Array.prototype.slice.call(list.querySelectorAll("input[type=checkbox]"));
    var ticked = boxes.filter(function (box) { return box.checked; });
    sessionStorage.setItem(kept(list), ticked.map(function (box) { return box.value; }).join(" "));
    count(list, boxes);
    event.target.blur();
  });

  /* A field that one choice needs is asked for with that choice. */

  document.addEventListener("change", function (event) {
    if (event.target.name !== "reason" || !event.target.form) return;
    var field = event.target.form.querySelector("[data-needed-for]");
    if (field) field.required = field.dataset.neededFor === event.target.value;
  });

  /* A woken panel that would show the same leaves alone what somebody is typing. */

  document.addEventListener("htmx:beforeSwap", function (event) {
    var cause = event.detail.requestConfig && event.detail.requestConfig.triggeringEvent;
    var old = document.getElementById("here");
    if (!cause || !/^sse:/.test(cause.type) || !old || event.detail.target !== old) return;
    var fresh = new DOMParser().parseFromString(event.detail.xhr.responseText, "text/html");
    var panel = fresh.getElementById("here");
    var same = panel && panel.dataset.version === old.dataset.version;
    if (same || (cause.type === "sse:ticket" && fillsIn())) event.detail.shouldSwap = false;
  });

  document.addEventListener("htmx:afterSettle", function () {
    showTicks();
    openInTime();
  });

  /* A key meant for the panel that has just gone does nothing to the one in its place. */

  document.addEventListener("htmx:afterSwap", function (event) {
    if (event.detail.target.id !== "here") return;
    var fresh = document.getElementById("here");
    if (!fresh) return;
    fresh.setAttribute("data-quiet", "");
    setTimeout(function () { fresh.removeAttribute("data-quiet"); }, QUIET_MS);
  });

  document.addEventListener("keydown", function (event) {
    var typing = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName);
    if (typing || !/^(Enter| )$/.test(event.key) || !document.querySelector("#here[data-quiet]")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }, true);

  /* The second click of a double click would press what the first one put in its place. */

  document.addEventListener("click", function (event) {
    if (event.detail > 1 && event.target.closest("#here button, #here summary")) {
      event.preventDefault();
      event.stopImmediatePropagation();
    }
  }, true);

  /* A window that idles for a minute while somebody waits: a chime, and the title says so. */

  function idles() {
    var side = document.querySelector("[data-waiting]");
    var here = document.getElementById("here");
    var waiting = side ? Number(side.dataset.waiting) : 0;
    var free = here && here.hasAttribute("data-free");
    if (!waiting || !free) {
      idleSince = null;
      document.title = title;
      return;
    }
    if (idleSince === null) idleSince = now();
    if (now() - idleSince < IDLE) return;
    if (document.title === title) chime();
    document.title = "(" + waiting + ") " + title;
  }

  function ring() {
    all("[data-rings]").forEach(function (sign) {
      var key = "rung." + sign.dataset.rings;
      if (sign.matches(".pause-timer:not(.over)") || sessionStorage.getItem(key)) return;
      sessionStorage.setItem(key, "1");
      chime();
    });
  }

  function chime() {
    var Sound = window.AudioContext || window.webkitAudioContext;
    if (!Sound) return;
    var sound = new Sound();
    [660, 880].forEach(function (pitch, place) {
      var tone = sound.createOscillator();
      var loud = sound.createGain();
      var from = sound.currentTime + place * 0.25;
      tone.frequency.value = pitch;
      loud.gain.setValueAtTime(0.0001, from);
      loud.gain.exponentialRampToValueAtTime(0.2, from + 0.03);
      loud.gain.exponentialRampToValueAtTime(0.0001, from + 0.5);
      tone.connect(loud).connect(sound.destination);
      tone.start(from);
      tone.stop(from + 0.5);
    });
  }

  showTicks();
  openInTime();
  setInterval(openInTime, 250);
  setInterval(idles, 1000);
  setInterval(ring, 1000);
})();
