/* What is too much for a display turns its pages, each of them for eight seconds: the waits by
   rows, an announcement by pairs of lines. Which page stands follows from the time of day, so a
   panel that comes anew goes on where it was, and screens beside each other turn together. */

(function () {
  "use strict";

  var STAYS = 8000;
  var shown = null;
  var pages = [];
  var steps = [];

  function list(nodes) { return Array.prototype.slice.call(nodes); }
  function now() { return Math.floor(Date.now() / STAYS); }
  function heightOf(rows) { return rows.reduce(function (sum, row) { return sum + row.offsetHeight; }, 0); }

  function cut(rows, size) {
    var found = [];
    for (var from = 0; from < rows.length; from += size) found.push(rows.slice(from, from + size));
    return found;
  }

  /* The fewest pages of the same length that all have room. */
  function divided(place) {
    var rows = list(place.children);
    var found = [rows];
    rows.forEach(function (row) { row.hidden = false; });
    for (var many = 2; many <= rows.length; many += 1) {
      if (found.every(function (page) { return heightOf(page) <= place.clientHeight; })) break;
      found = cut(rows, Math.ceil(rows.length / many));
    }
    return found;
  }

  /* Measured beside a mark, which takes some of the width. */
  function told(place) {
    var found = [];
    mark(place).textContent = "10/10";
    list(place.children).forEach(function (text) {
      var many = Math.ceil(text.scrollHeight / text.clientHeight - 0.1) || 1;
      for (var part = 0; part < many; part += 1) found.push({ text: text, part: part, isLast: part === many - 1 });
    });
    return found;
  }

  function mark(place) { return place.parentNode.querySelector("[data-page]"); }

  function say(place, turn, many) {
    mark(place).textContent = many > 1 ? (turn % many) + 1 + "/" + many : "";
  }

  function turnRows(place, turn) {
    var page = pages[turn % pages.length];
    list(place.children).forEach(function (row) { row.hidden = page.indexOf(row) < 0; });
    say(place, turn, pages.length);
  }

  function turnText(place, turn) {
    var step = steps[turn % steps.length];
    list(place.children).forEach(function (text) { text.classList.toggle("is-told", text === step.text); });
    step.text.scrollTop = step.isLast ? step.text.scrollHeight : step.part * step.text.getBoundingClientRect().height;
    say(place, turn, steps.length);
  }

  function show(isNew) {
    var turn = now();
    if (turn === shown && !isNew) return;
    var rows = document.querySelector("[data-turns]");
    var texts = document.querySelector("[data-tells]");
    if (isNew) {
      pages = rows ? divided(rows) : [];
      steps = texts ? told(texts) : [];
    }
    if (rows && pages.length) turnRows(rows, turn);
    if (texts && steps.length) turnText(texts, turn);
    shown = turn;
  }

  function anew() { show(true); }

  document.addEventListener("htmx:afterSwap", anew);
  window.addEventListener("resize", anew);
  window.addEventListener("load", anew);
  setInterval(function () { show(false); }, 500);
  anew();
})();
