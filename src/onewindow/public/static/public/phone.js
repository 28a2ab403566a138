/* The phone page: says aloud and by vibration that one is called, once for each call. */

(function () {
  "use strict";

  var sound = null;
  var told = "";
  var title = document.title;
  var blinking = null;

  function wake() {
    if (!navigator.wakeLock || document.visibilityState !== "visible") return;
    navigator.wakeLock.request("screen").catch(function () { return null; });
  }

  /* A browser lets us sound only after the page was touched once. */
  var button = document.querySelector("[data-sound]");
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

  function call(words) {
    if (navigator.vibrate) navigator.vibrate([400, 150, 400, 150, 800]);
    if (sound) {
      note(659, 0, 0.5);
      note(523, 0.45, 0.9);
    }
    clearInterval(blinking);
    blinking = setInterval(function () {
      document.title = document.title === title ? words : title;
    }, 900);
    window.scrollTo(0, 0);
  }

  function look() {
    var called = document.querySelector("[data-called]");
    var now = called ? called.dataset.called : "";
    if (now && now !== told) call(called.dataset.title);
    if (!now && told) {
      clearInterval(blinking);
      document.title = title;
    }
    told = now;
  }

  document.addEventListener("htmx:afterSettle", look);
  document.addEventListener("visibilitychange", wake);
  look();
  wake();
})();
