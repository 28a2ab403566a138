/* The hall display speaks. The server says what is to be said and when; here it is said, one after
   the other, nothing twice and nothing that is older than half a minute. A call is marked as new
   for a few seconds, but not what stood on the screen when it was opened. */

(function () {
  "use strict";

  var TOO_OLD = 30;
  var BEHIND = 5;
  var AGAIN = 12000;
  var speaker = window.Loudspeaker;
  var shown = {};
  var said = {};
  var queue = {};
  var loud = 0;
  var ahead = 0;
  var speaking = false;
  var asking = false;
  var warning = "";

  function now() { return Date.now() / 1000 + ahead; }
  function list(nodes) { return Array.prototype.slice.call(nodes); }

  function look(isFirst) {
    var panel = document.getElementById("now");
    if (!panel) return;
    list(panel.querySelectorAll("[data-call]")).forEach(function (row) {
      var key = row.dataset.call;
      if (shown[key] === undefined) shown[key] = isFirst ? 0 : Date.now();
      if (Date.now() - shown[key] < 7000) row.classList.add("is-new");
    });
  }

  function ask() {
    if (asking) return;
    asking = true;
    var sound = speaker.isOn() ? "on" : "refused";
    fetch(document.body.dataset.voice + "?sound=" + sound, { cache: "no-store", credentials: "same-origin" })
      .then(function (answer) { return answer.ok ? answer.json() : null; })
      .then(function (answer) { asking = false; if (answer) hear(answer); }, function () { asking = false; });
  }

  /* What the server no longer names was taken back, unless its time has come already. */
  function hear(answer) {
    var named = {};
    ahead = answer.now - Date.now() / 1000;
    loud = answer.volume;
    answer.coming.forEach(function (call) {
      named[call.key] = true;
      if (!said[call.key]) queue[call.key] = call;
    });
    Object.keys(queue).forEach(function (key) {
      if (!named[key] && queue[key].begins > now()) delete queue[key];
    });
    warn(answer.warning);
    next();
  }

  function warn(lines) {
    var words = JSON.stringify(lines);
    if (words === warning) return;
    warning = words;
    queue = {};
    speaker.hush();
    speaking = false;
    if (lines.length) repeat(lines, words);
  }

  function repeat(lines, words) {
    if (words !== warning) return;
    speaking = true;
    speaker.say(lines, loud, function () {
      setTimeout(function () { repeat(lines, words); }, AGAIN);
    });
  }

  function next() {
    if (speaking) return;
    var due = Object.keys(queue).map(function (key) { return queue[key]; })
      .filter(function (call) { return call.begins <= now(); })
      .sort(function (one, other) { return one.begins - other.begins; });
    var call = due.shift();
    if (!call) return;
    delete queue[call.key];
    said[call.key] = true;
    if (now() - call.at > TOO_OLD) { next(); return; }
    var isShort = call.is_short || now() - call.begins > BEHIND;
    speaking = true;
    speaker.say(isShort ? call.short : call.whole, loud, function () {
      speaking = false;
      setTimeout(next, 400);
    });
  }

  function heard() {
    var button = document.querySelector("[data-sound]");
    if (button) button.hidden = speaker.isOn();
    ask();
  }

  ["pointerdown", "keydown"].forEach(function (kind) {
    document.addEventListener(kind, function () { if (!speaker.isOn()) speaker.resume().then(heard); });
  });
  document.addEventListener("htmx:afterSettle", function () { look(false); ask(); });
  setTimeout(function () {
    var button = document.querySelector("[data-sound]");
    if (button) button.classList.add("is-small");
  }, 60000);

  look(true);
  speaker.open(heard);
  setTimeout(heard, 500);
  setInterval(next, 200);
})();
