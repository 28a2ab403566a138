/* Records a word: what the microphone gives is cut where nothing is heard, made a small WAV of one
   channel, and sent; then the next word is offered. A file that is chosen goes the same way. */

(function () {
  "use strict";

  var RATE = 16000;
  var QUIET = 0.015;
  var LONGEST = 6000;
  var now = null;

  function context() { return new (window.AudioContext || window.webkitAudioContext)(); }

  function mono(buffer) {
    var offline = new OfflineAudioContext(1, Math.ceil(buffer.duration * RATE), RATE);
    var source = offline.createBufferSource();
    source.buffer = buffer;
    source.connect(offline.destination);
    source.start();
    return offline.startRendering().then(function (done) { return done.getChannelData(0); });
  }

  function cut(samples) {
    var first = 0;
    var last = samples.length - 1;
    while (first < last && Math.abs(samples[first]) < QUIET) first += 1;
    while (last > first && Math.abs(samples[last]) < QUIET) last -= 1;
    if (last - first < RATE / 20) return samples.subarray(0, RATE * 6);
    return samples.subarray(Math.max(0, first - RATE / 50), Math.min(last + RATE / 20, first + RATE * 6 - RATE / 10));
  }

  function wav(samples) {
    var data = new DataView(new ArrayBuffer(44 + samples.length * 2));
    function text(at, words) { for (var i = 0; i < words.length; i += 1) data.setUint8(at + i, words.charCodeAt(i)); }
    text(0, "RIFF"); data.setUint32(4, 36 + samples.length * 2, true); text(8, "WAVEfmt ");
    data.setUint32(16, 16, true); data.setUint16(20, 1, true); data.setUint16(22, 1, true);
    data.setUint32(24, RATE, true); data.setUint32(28, RATE * 2, true);
    data.setUint16(32, 2, true); data.setUint16(34, 16, true);
    text(36, "data"); data.setUint32(40, samples.length * 2, true);
    for (var i = 0; i < samples.length; i += 1) {
      data.setInt16(44 + i * 2, Math.max(-1, Math.min(1, samples[i])) * 32767, true);
    }
    return new Blob([data], { type: "audio/wav" });
  }

  function send(form, blob) {
    var sound = context();
    return blob.arrayBuffer().then(function (bytes) { return sound.decodeAudioData(bytes); })
      .then(mono).then(function (samples) { return wav(cut(samples)); })
      .catch(function () { return blob; })  // not understood here: the server says what it thinks of it
      .then(function (small) {
        var body = new FormData(form);
        sound.close();
        body.set("sound", small, "word.wav");
        return fetch(form.action, { method: "POST", body: body, credentials: "same-origin" });
      }).then(function (answer) { return answer.text().then(function (page) { show(form, answer, page); }); });
  }

  function show(form, answer, page) {
    var row = form.closest("li");
    var set = form.closest("[data-set]");
    var fresh = new DOMParser().parseFromString(page, "text/html");
    var found = fresh.getElementById(row.id);
    if (!answer.ok || !found) { document.open(); document.write(page); document.close(); return; }
    set.querySelector("[data-progress]").textContent = found.closest("[data-set]").querySelector("[data-progress]").textContent;
    row.replaceWith(document.importNode(found, true));
    offer();
    var next = set.querySelector("li:not(.has) [data-record]");
    if (next) next.focus();
  }

  function stop() { if (now && now.state === "recording") now.stop(); }

  function begin(button) {
    var form = button.closest("form");
    navigator.mediaDevices.getUserMedia({ audio: true }).then(function (microphone) {
      var pieces = [];
      now = new MediaRecorder(microphone);
      now.ondataavailable = function (event) { pieces.push(event.data); };
      now.onstop = function () {
        microphone.getTracks().forEach(function (track) { track.stop(); });
        send(form, new Blob(pieces, { type: now.mimeType }));
      };
      now.start();
      button.classList.add("is-recording");
      button.querySelector("span").textContent = button.dataset.stop;
      setTimeout(stop, LONGEST);
    }, function () { offer(true); });
  }

  function offer(refused) {
    var can = !refused && window.isSecureContext && navigator.mediaDevices && window.MediaRecorder;
    document.querySelectorAll("[data-record]").forEach(function (button) { button.hidden = !can; });
    document.querySelectorAll("[data-insecure]").forEach(function (words) { words.hidden = Boolean(can); });
  }

  document.addEventListener("click", function (event) {
    var record = event.target.closest("[data-record]");
    var play = event.target.closest("[data-play]");
    if (play) new Audio(play.dataset.play).play();
    if (!record) return;
    if (now && now.state === "recording") stop(); else begin(record);
  });
  document.addEventListener("change", function (event) {
    var form = event.target.closest("[data-word]");
    if (form && event.target.files && event.target.files[0]) send(form, event.target.files[0]);
  });
  offer();
})();
