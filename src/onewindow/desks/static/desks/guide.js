/* The guide's tablet rings while somebody calls and nobody has said "I take this". */

(function () {
  "use strict";

  var EVERY_MS = 6000, TIMES = 10;
  var sound = window.AudioContext ? new window.AudioContext() : null;
  var button = document.querySelector("[data-sound]");
  var rung = {};

  function tone(frequency, from) {
    var voice = sound.createOscillator(), loud = sound.createGain();
    voice.frequency.value = frequency;
    loud.gain.setValueAtTime(0.0001, from);
    loud.gain.exponentialRampToValueAtTime(0.4, from + 0.02);
    loud.gain.exponentialRampToValueAtTime(0.0001, from + 0.45);
    voice.connect(loud);
    loud.connect(sound.destination);
    voice.start(from);
    voice.stop(from + 0.5);
  }

  /* A browser lets a page sound only once somebody has touched it. */
  function ready() {
    var plays = sound && sound.state === "running";
    if (button) button.hidden = !sound || plays;
    return plays;
  }

  function ring() {
    var calls = document.querySelectorAll("#alerts [data-calls]"), due = false;
    Array.prototype.forEach.call(calls, function (call) {
      rung[call.id] = (rung[call.id] || 0) + 1;
      if (rung[call.id] <= TIMES) due = true;
    });
    if (!due || !ready()) return;
    tone(880, sound.currentTime);
    tone(660, sound.currentTime + 0.25);
  }

  if (sound) {
    document.addEventListener("click", function () { sound.resume().then(ready); });
    ready();
    window.setInterval(ring, EVERY_MS);
    document.body.addEventListener("htmx:afterSettle", function (event) {
      var fresh = document.querySelectorAll("#alerts [data-calls]");
      if (event.detail.target.id !== "alerts") return;
      for (var i = 0; i < fresh.length; i += 1) if (!rung[fresh[i].id]) { ring(); return; }
    });
    ring();
  }

  /* A choice that leads on by itself. */
  document.addEventListener("change", function (event) {
    if (event.target.matches("[data-go]")) event.target.form.submit();
  });
})();
