/* The hall display speaks: a chime, then number and window. One after the other, never two at
   once; shortened when more than two wait; never when older than half a minute; a recall takes the
   place of its own earlier call. What stood on the screen when it was opened is never new. */

(function () {
  "use strict";

  var TOO_OLD = 30;
  var MANY = 2;
  var LONGEST = 14000;
  var shown = {};
  var queue = [];
  var speaking = false;
  var sound = null;
  var ahead = 0;

  function now() { return Date.now() / 1000 + ahead; }
  function list(nodes) { return Array.prototype.slice.call(nodes); }

  function read(row) {
    return {
      key: row.dataset.call,
      number: row.dataset.number,
      at: Number(row.dataset.at),
      says: list(row.querySelectorAll("[data-say]")).map(function (say) {
        return { language: say.lang, whole: say.dataset.whole, short: say.dataset.short };
      })
    };
  }

  function look(isFirst) {
    var panel = document.getElementById("now");
    if (!panel) return;
    var said = Number(panel.dataset.now) - Date.now() / 1000;
    if (isFirst || said > ahead + 5) ahead = said;
    list(panel.querySelectorAll("[data-call]")).reverse().forEach(function (row) {
      var call = read(row);
      var known = shown[call.key];
      if (known === undefined) {
        var fresh = !isFirst && now() - call.at < TOO_OLD;
        shown[call.key] = fresh ? now() : 0;
        if (fresh) add(call);
      }
      if (shown[call.key] && now() - shown[call.key] < 7) row.classList.add("is-new");
    });
  }

  function add(call) {
    queue = queue.filter(function (other) { return other.number !== call.number; });
    queue.push(call);
    next();
  }

  function next() {
    if (speaking) return;
    queue = queue.filter(function (call) { return now() - call.at < TOO_OLD; });
    var isCrowded = queue.length > MANY;
    var call = queue.shift();
    if (!call) return;
    speaking = true;
    chime();
    var says = isCrowded ? call.says.slice(0, 1) : call.says;
    setTimeout(function () { speak(says, isCrowded); }, 900);
  }

  function speak(says, isShort) {
    var over = false;
    function end() {
      if (over) return;
      over = true;
      speaking = false;
      setTimeout(next, 300);
    }
    if (!window.speechSynthesis || !says.length || !isOn()) { end(); return; }
    says.forEach(function (say, place) {
      var words = new SpeechSynthesisUtterance(isShort ? say.short : say.whole);
      words.lang = say.language === "zh-Hans" ? "zh-CN" : say.language;
      words.rate = 0.9;
      words.onerror = end;
      if (place === says.length - 1) words.onend = end;
      window.speechSynthesis.speak(words);
    });
    setTimeout(function () {
      if (!over) window.speechSynthesis.cancel();
      end();
    }, LONGEST);
  }

  function chime() {
    if (!isOn()) return;
    [784, 659].forEach(function (pitch, place) {
      var from = sound.currentTime + place * 0.35;
      var tone = sound.createOscillator();
      var loud = sound.createGain();
      tone.frequency.value = pitch;
      loud.gain.setValueAtTime(0.0001, from);
      loud.gain.exponentialRampToValueAtTime(0.35, from + 0.03);
      loud.gain.exponentialRampToValueAtTime(0.0001, from + 0.7);
      tone.connect(loud);
      loud.connect(sound.destination);
      tone.start(from);
      tone.stop(from + 0.7);
    });
  }

  /* Browsers let a page sound only after a tap: the display asks for it until it may. */

  function isOn() { return sound !== null && sound.state === "running"; }

  function showButton() {
    var button = document.querySelector("[data-sound]");
    if (button) button.hidden = isOn();
  }

  function begin() {
    var Sound = window.AudioContext || window.webkitAudioContext;
    if (!Sound) return;
    sound = new Sound();
    sound.onstatechange = showButton;
    showButton();
    ["pointerdown", "keydown"].forEach(function (kind) {
      document.addEventListener(kind, function () {
        sound.resume().then(showButton);
        if (window.speechSynthesis) window.speechSynthesis.speak(new SpeechSynthesisUtterance(""));
      });
    });
  }

  document.addEventListener("htmx:afterSettle", function () { look(false); });
  setTimeout(function () {
    var button = document.querySelector("[data-sound]");
    if (button) button.classList.add("is-small");
  }, 60000);

  look(true);
  begin();
  setInterval(next, 1000);
})();
