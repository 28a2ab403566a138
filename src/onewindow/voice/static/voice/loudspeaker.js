/* Says lines one after the other: from recorded clips where a line has them, else by the browser's
   own speech where it has a voice of the language, else as the server speaks it. One page has one
   loudspeaker. */

window.Loudspeaker = (function () {
  "use strict";

  var LONGEST = 15000;
  var JOINT = 0.03;
  var sound = null;
  var playing = [];
  var kept = {};
  var turn = 0;

  function isOn() { return sound !== null && sound.state === "running"; }

  function open(changed) {
    var Sound = window.AudioContext || window.webkitAudioContext;
    if (!Sound || sound) return;
    sound = new Sound();
    sound.onstatechange = changed;
  }

  /* Browsers let a page sound only after a tap, unless they are started otherwise. */
  function resume() {
    if (window.speechSynthesis && !isOn()) window.speechSynthesis.speak(new SpeechSynthesisUtterance(""));
    return sound ? sound.resume() : Promise.resolve();
  }

  function tone(pitch, from, loud) {
    var wave = sound.createOscillator();
    var gain = sound.createGain();
    wave.frequency.value = pitch;
    gain.gain.setValueAtTime(0.0001, from);
    gain.gain.exponentialRampToValueAtTime(0.4 * loud + 0.0002, from + 0.03);
    gain.gain.exponentialRampToValueAtTime(0.0001, from + 0.7);
    wave.connect(gain);
    gain.connect(sound.destination);
    wave.start(from);
    wave.stop(from + 0.7);
    playing.push(wave);
  }

  function chime(loud) {
    tone(784, sound.currentTime, loud);
    tone(659, sound.currentTime + 0.35, loud);
    return 1000;
  }

  function load(address) {
    if (!kept[address]) {
      kept[address] = fetch(address, { credentials: "same-origin" }).then(function (answer) {
        if (!answer.ok) throw new Error(String(answer.status));
        return answer.arrayBuffer();
      }).then(function (data) { return sound.decodeAudioData(data); });
      kept[address].catch(function () { delete kept[address]; });
    }
    return kept[address];
  }

  function play(files, loud, end, otherwise) {
    var mine = turn;
    Promise.all(files.map(load)).then(function (pieces) {
      if (mine !== turn) return;
      var gain = sound.createGain();
      var at = sound.currentTime + 0.02;
      gain.gain.value = loud;
      gain.connect(sound.destination);
      pieces.forEach(function (piece, place) {
        var source = sound.createBufferSource();
        source.buffer = piece;
        source.connect(gain);
        source.start(at);
        playing.push(source);
        at += piece.duration + JOINT;
        if (place === pieces.length - 1) source.onended = end;
      });
    }, function () { if (mine === turn) otherwise(); });
  }

  function voice(tag) {
    var wanted = (tag.indexOf("zh") === 0 ? "zh" : tag).toLowerCase();
    var voices = window.speechSynthesis ? window.speechSynthesis.getVoices() : [];
    return voices.filter(function (one) { return one.lang.toLowerCase().indexOf(wanted) === 0; })[0] || null;
  }

  function speak(line, loud, end) {
    var found = voice(line.language);
    if (!found && line.made) { play([line.made], loud, end, end); return; }
    if (!found) { end(); return; }
    var words = new SpeechSynthesisUtterance(line.text);
    words.voice = found;
    words.lang = found.lang;
    words.rate = 0.9;
    words.volume = loud;
    words.onend = words.onerror = end;
    window.speechSynthesis.speak(words);
  }

  function hush() {
    turn += 1;
    playing.forEach(function (source) { try { source.onended = null; source.stop(); } catch (silent) { return; } });
    playing = [];
    if (window.speechSynthesis) window.speechSynthesis.cancel();
  }

  function say(lines, loud, done) {
    hush();
    var mine = turn;
    var rest = lines.slice();
    var watch = null;
    function next() {
      clearTimeout(watch);
      if (mine !== turn) return;
      var line = rest.shift();
      if (!line) { playing = []; done(); return; }
      var over = false;
      var end = function () { if (!over) { over = true; next(); } };
      watch = setTimeout(function () {
        if (window.speechSynthesis) window.speechSynthesis.cancel();
        end();
      }, LONGEST);
      var aloud = speak.bind(null, line, loud, end);
      if (line.clips.length) play(line.clips, loud, end, aloud); else aloud();
    }
    if (!isOn()) { setTimeout(done, 0); return; }
    setTimeout(next, chime(loud));
  }

  if (window.speechSynthesis) window.speechSynthesis.getVoices();  // they are loaded at the first question
  return { open: open, resume: resume, isOn: isOn, say: say, hush: hush, voice: voice };
})();
