/* The phone page: rings and shakes once for each call; is right at once when the phone wakes or its
   network is back; says since when it knows nothing, and never rings for what it read before that.

   What is pressed without a network is kept with the key of its form and sent when there is one
   again: the hall answers a key only once. What has waited too long is given back to the visitor. */

(function () {
  "use strict";

  var ASK_AGAIN = 4000;   // while the hall is out of reach
  var TOO_LATE = 120000;  // what was pressed longer ago may not be meant any more
  var STALE = 15000;      // an answer that lay in a sleeping phone says nothing about now
  var RUNG = "ow-rung-" + location.pathname;

  var sound = null;
  var title = document.title;
  var blinking = null;
  var asking = null;
  var lostAt = 0;
  var unsent = null;
  var panel = document.getElementById("now");

  function find(selector) { return document.querySelector(selector); }

  /* Ringing. A browser lets us sound only after the page was touched once. */

  function wake() {
    if (!navigator.wakeLock || document.visibilityState !== "visible") return;
    navigator.wakeLock.request("screen").catch(function () { return null; });
  }

  var button = find("[data-sound]");
  var Sound = window.AudioContext || window.webkitAudioContext;
  if (button && Sound) button.hidden = false;

  function touched(event) {
    if (!sound && Sound) sound = new Sound();
    if (sound && sound.state === "suspended") sound.resume();
    if (button && !button.hidden && event.target.closest("[data-sound]")) note(659, 0, 0.4);
    if (button && sound) button.hidden = true;
    wake();
  }

  document.addEventListener("pointerup", touched);
  document.addEventListener("click", touched);  // by the keyboard

  function note(pitch, from, lasting) {
    var tone = sound.createOscillator();
    var loud = sound.createGain();
    tone.frequency.value = pitch;
    loud.gain.setValueAtTime(0.0001, sound.currentTime + from);
    loud.gain.exponentialRampToValueAtTime(0.4, sound.currentTime + from + 0.03);
    loud.gain.exponentialRampToValueAtTime(0.0001, sound.currentTime + from + lasting);
    tone.connect(loud).connect(sound.destination);
    tone.start(sound.currentTime + from);
    tone.stop(sound.currentTime + from + lasting);
  }

  function call() {
    if (navigator.vibrate) navigator.vibrate([400, 150, 400, 150, 800]);
    if (sound) {
      note(659, 0, 0.5);
      note(523, 0.45, 0.9);
    }
    window.scrollTo(0, 0);
  }

  function blink(words) {
    clearInterval(blinking);
    document.title = title;
    if (words) blinking = setInterval(function () {
      document.title = document.title === title ? words : title;
    }, 900);
  }

  function rung() {
    try { return sessionStorage.getItem(RUNG) || ""; } catch (closed) { return ""; }
  }

  function look() {
    var called = find("[data-called]");
    var now = called ? called.dataset.called : "";
    blink(called && called.dataset.title);
    if (now && now !== rung()) call();
    try { sessionStorage.setItem(RUNG, now); } catch (closed) { return; }
  }

  /* Asking for what is true now */

  function ask() {
    if (unsent) send();
    else if (panel.hasAttribute("hx-get")) window.htmx.trigger(panel, "ask");
  }

  function isOfPanel(event) {
    return event.detail.target === panel;
  }

  function lost() {
    document.body.dispatchEvent(new CustomEvent("live:state", { detail: { on: false } }));
  }

  function found() {
    clearInterval(asking);
    asking = null;
    document.body.classList.remove("is-old");
    document.body.dispatchEvent(new CustomEvent("live:state", { detail: { on: true } }));
  }

  document.body.addEventListener("live:state", function (event) {
    if (event.detail.on) {
      if (asking) ask();
      return;
    }
    document.body.classList.add("is-old");
    var since = find("#flash [data-lost-since]");
    var said = find("[data-said]");
    if (since && said) since.textContent = said.dataset.said;
    if (asking) return;
    lostAt = Date.now();
    asking = setInterval(ask, ASK_AGAIN);
    if (navigator.onLine) ask();
  });

  document.addEventListener("htmx:beforeRequest", function (event) {
    event.detail.xhr.owAskedAt = Date.now();
  });

  document.addEventListener("htmx:beforeSwap", function (event) {
    if (!isOfPanel(event) || Date.now() - event.detail.xhr.owAskedAt < STALE) return;
    event.detail.shouldSwap = false;
    ask();
  });

  document.addEventListener("htmx:afterSettle", function (event) {
    if (!isOfPanel(event)) return;
    if (asking && event.detail.xhr.owAskedAt >= lostAt) found();
    look();
  });

  ["htmx:sendError", "htmx:timeout"].forEach(function (kind) {
    document.addEventListener(kind, function (event) {
      if (!isOfPanel(event)) return;
      if (event.detail.requestConfig.verb === "post") keep(event.detail.requestConfig);
      if (!find("#flash .lost")) lost();
    });
  });

  /* What was pressed and could not be sent */

  function say(name, words) {
    var place = document.getElementById("unsent");
    place.textContent = "";
    if (!name) return;
    place.appendChild(document.getElementById("say-" + name).content.cloneNode(true));
    place.querySelector("[data-what]").textContent = words;
  }

  function keep(asked) {
    if (!unsent) {
      var pressed = asked.elt.querySelector && asked.elt.querySelector("button");
      unsent = { path: asked.path, values: asked.parameters, at: Date.now(), words: pressed ? pressed.textContent.trim() : "" };
    }
    unsent.isOnItsWay = false;
    say("unsent", unsent.words);
  }

  function send() {
    if (unsent.isOnItsWay) return;
    if (Date.now() - unsent.at > TOO_LATE) {
      say("too-late", unsent.words);
      unsent = null;
      ask();
      return;
    }
    unsent.isOnItsWay = true;
    var values = {};
    unsent.values.forEach(function (value, name) { values[name] = value; });
    window.htmx.ajax("POST", unsent.path, { source: "#unsent", target: panel, values: values })
      .catch(function () { return null; });  // said by the events above
  }

  document.addEventListener("htmx:afterOnLoad", function (event) {
    if (event.detail.requestConfig.verb !== "post") return;
    unsent = null;
    say("");
    if (event.detail.xhr.status >= 400) ask();  // it was refused: the panel is an old one
  });

  document.addEventListener("click", function (event) {
    if (!event.target.closest("[data-forget]")) return;
    unsent = null;
    say("");
  });

  /* Awake again */

  document.addEventListener("visibilitychange", function () {
    wake();
    if (document.visibilityState === "visible") ask();
  });
  window.addEventListener("online", ask);
  window.addEventListener("offline", lost);

  var way = (performance.getEntriesByType("navigation")[0] || {}).type;
  window.addEventListener("pageshow", function (event) {
    if (event.persisted || way === "back_forward") ask();
  });

  if (way !== "back_forward") look();  // what the browser kept may be of any age
  wake();
})();
