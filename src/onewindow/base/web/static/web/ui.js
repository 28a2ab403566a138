/* What makes a page better where a script runs. Nothing here is needed to use it.

   data-since="EPOCH"            ticks up from a moment of the server: 03:12 (data-as="minutes": 3)
   data-until="EPOCH"            ticks down to it (data-over: then up, and what is around it is .over)
   <progress data-since max>     fills; is .near from 80 %, .over from 100 %
   data-countdown="20"           seconds from now; at 0 follows data-then="#id"; any touch begins anew
   data-clock                    the hall's present time of day
   data-key="Space" | "F2" | "Ctrl+K"   presses this button, or goes to this field
   data-hold="#id"               held for a second (key or finger), presses that one instead
   data-opens="#id"              opens a dialog; data-closes closes the one around it
   data-print                    prints the page
   Forms are sent once; `?` lists the keys of the page. */

(function () {
  "use strict";

  var page = document.documentElement;
  var served = Number((document.querySelector('meta[name="now"]') || {}).content) || Date.now() / 1000;
  var ahead = served - Date.now() / 1000;

  // A display stays open for weeks, and the clock of a cheap box wanders.
  document.addEventListener("live:now", function (event) {
    if (event.detail.now) ahead = event.detail.now - Date.now() / 1000;
  });

  function now() {
    return Date.now() / 1000 + ahead;
  }

  function two(number) {
    return (number < 10 ? "0" : "") + number;
  }

  function asClock(seconds) {
    var hours = Math.floor(seconds / 3600);
    var rest = two(Math.floor((seconds % 3600) / 60)) + ":" + two(seconds % 60);
    return hours ? hours + ":" + rest : rest;
  }

  function each(selector, act) {
    Array.prototype.forEach.call(document.querySelectorAll(selector), act);
  }

  function say(element, text) {
    if (element.textContent !== text) element.textContent = text;
  }

  /* Time */

  function show(element, seconds) {
    var whole = Math.max(0, Math.floor(seconds));
    if (element.tagName === "PROGRESS") {
      element.value = Math.min(whole, element.max);
      element.classList.toggle("near", whole >= element.max * 0.8 && whole < element.max);
      element.classList.toggle("over", whole >= element.max);
      return;
    }
    var as = element.dataset.as;
    if (as === "minutes") say(element, String(Math.max(1, Math.round(whole / 60))));
    else if (as === "seconds") say(element, String(whole));
    else say(element, asClock(whole));
  }

  function countDown(element) {
    if (element.owEnds === undefined) element.owEnds = Date.now() + 1000 * Number(element.dataset.countdown);
    var left = Math.ceil((element.owEnds - Date.now()) / 1000);
    say(element, String(Math.max(0, left)));
    if (left <= 0 && !element.owDone) {
      element.owDone = true;
      var then = document.querySelector(element.dataset.then);
      if (then) then.click();
    }
  }

  function clockOf(element) {
    if (!element.owFormat) {
      element.owFormat = new Intl.DateTimeFormat("en-GB", {
        hour: "2-digit", minute: "2-digit", timeZone: element.dataset.clock || undefined
      });
    }
    say(element, element.owFormat.format(new Date(now() * 1000)));
  }

  function tick() {
    each("[data-since]", function (element) { show(element, now() - Number(element.dataset.since)); });
    each("[data-until]", function (element) {
      var left = Number(element.dataset.until) - now();
      if (element.hasAttribute("data-over")) {
        element.parentNode.classList.toggle("over", left < 0);
        left = Math.abs(left);
      }
      show(element, left);
    });
    each("[data-countdown]", countDown);
    each("[data-clock]", clockOf);
  }

  ["pointerdown", "keydown"].forEach(function (kind) {
    document.addEventListener(kind, function () {
      each("[data-countdown]", function (element) { element.owEnds = undefined; });
    }, { passive: true });
  });

  tick();
  setInterval(tick, 500);
  document.addEventListener("htmx:afterSettle", tick);

  /* Forms are sent once */

  function release(form) {
    form.removeAttribute("data-sent");
    Array.prototype.forEach.call(form.querySelectorAll("[aria-busy]"), function (button) {
      button.removeAttribute("aria-busy");
    });
  }

  function releaseSender(event) {
    var from = (event.detail.requestConfig || event.detail).elt;
    if (from && from.tagName === "FORM") release(from);
  }

  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (form.method !== "post") return;
    if (form.hasAttribute("data-sent")) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    form.setAttribute("data-sent", "");
    var button = event.submitter || form.querySelector("button:not([type=button])");
    if (button) button.setAttribute("aria-busy", "true");
  }, true);

  window.addEventListener("pageshow", function (event) {
    if (event.persisted) each("form[data-sent]", release);
  });

  document.addEventListener("htmx:afterRequest", function (event) {
    releaseSender(event);
    var asked = event.detail.requestConfig;
    var place = document.getElementById("flash");
    if (place && asked && asked.verb !== "get" && event.detail.successful) {
      place.textContent = "";
      if (document.body.dataset.live === "off") flash("lost");
    }
  });

  /* A whole page never lands in a panel: what went wrong is said at the top. */
  document.addEventListener("htmx:beforeSwap", function (event) {
    var text = event.detail.xhr.responseText || "";
    if (event.detail.xhr.status >= 400 && /^\s*<!doctype/i.test(text)) {
      event.detail.shouldSwap = false;
      flash("failed");
    }
  });

  document.addEventListener("htmx:responseError", function (event) {
    if (event.detail.xhr.status >= 500 && event.detail.requestConfig.verb !== "get") flash("failed");
  });

  ["htmx:sendError", "htmx:timeout"].forEach(function (kind) {
    document.addEventListener(kind, function (event) {
      releaseSender(event);
      if (event.detail.requestConfig.verb !== "get") flash("unreachable");
    });
  });

  /* The server is away: said while it lasts. With its return goes every word about it. */
  document.body.addEventListener("live:state", function (event) {
    if (event.detail.on) each("#flash > [data-away]", function (said) { said.remove(); });
    else flash("lost");
  });

  function flash(which) {
    var place = document.getElementById("flash");
    var ready = document.getElementById("say-" + which);
    if (!place || !ready) return;
    place.textContent = "";
    place.appendChild(ready.content.cloneNode(true));
  }

  /* Keys */

  function nameOf(event) {
    var key = event.key === " " ? "Space" : event.key.length === 1 ? event.key.toUpperCase() : event.key;
    return (event.ctrlKey || event.metaKey ? "Ctrl+" : "") + (event.altKey ? "Alt+" : "") + key;
  }

  function inField(element) {
    return element && (element.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName));
  }

  function onControl(element) {
    return element && /^(BUTTON|A|SUMMARY)$/.test(element.tagName);
  }

  function visible(element) {
    return element.getClientRects().length > 0;
  }

  function keyed(name) {
    var dialog = document.querySelector("dialog[open]");
    var found = (dialog || document).querySelectorAll("[data-key]");
    for (var i = 0; i < found.length; i += 1) {
      var names = found[i].dataset.key.split(" ");
      if (names.indexOf(name) >= 0 && visible(found[i]) && !found[i].disabled) return found[i];
    }
    return null;
  }

  function press(element) {
    if (inField(element)) {
      element.focus();
      if (element.select) element.select();
    } else element.click();
  }

  var held = null;

  document.addEventListener("keydown", function (event) {
    if (event.defaultPrevented || event.isComposing) return;
    var name = nameOf(event);
    var plain = !/^(Ctrl|Alt)\+|^F\d/.test(name);
    var focused = document.activeElement;
    if (plain && inField(focused)) return;
    if ((name === "Space" || name === "Enter") && onControl(focused)) return;
    if (event.repeat) return;
    if (name === "?" && keysDialog()) {
      event.preventDefault();
      return;
    }
    var element = keyed(name);
    if (!element) return;
    event.preventDefault();
    if (element.dataset.hold) hold(element, name);
    else press(element);
  });

  document.addEventListener("keyup", function () {
    if (held && held.name) letGo(true);
  });

  function hold(element, name) {
    if (held) return;
    held = { element: element, name: name };
    element.classList.add("held");
    held.timer = setTimeout(function () {
      var target = document.querySelector(element.dataset.hold);
      element.owHeld = true;
      letGo(false);
      if (target) target.click();
    }, 1000);
  }

  function letGo(tapped) {
    if (!held) return;
    var element = held.element;
    var byKey = held.name;
    clearTimeout(held.timer);
    element.classList.remove("held");
    held = null;
    if (tapped && byKey) element.click();
  }

  document.addEventListener("pointerdown", function (event) {
    var element = event.target.closest("[data-hold]");
    if (element) hold(element, "");
  });
  ["pointerup", "pointercancel"].forEach(function (kind) {
    document.addEventListener(kind, function () { letGo(false); });
  });
  document.addEventListener("click", function (event) {
    var element = event.target.closest("[data-hold]");
    if (element && element.owHeld) {
      element.owHeld = false;
      event.preventDefault();
      event.stopImmediatePropagation();
    }
  }, true);

  function keysDialog() {
    var dialog = document.getElementById("keys");
    if (!dialog || !dialog.showModal || dialog.open) return false;
    var list = dialog.querySelector("dl");
    list.textContent = "";
    each("[data-key]", function (element) {
      if (!visible(element)) return;
      var term = document.createElement("dt");
      element.dataset.key.split(" ").forEach(function (name) {
        var key = document.createElement("kbd");
        key.textContent = dialog.dataset[name.toLowerCase()] || name;
        term.appendChild(key);
      });
      var words = document.createElement("dd");
      words.textContent = wordsOf(element);
      list.appendChild(term);
      list.appendChild(words);
    });
    dialog.querySelector("[data-none]").hidden = list.children.length > 0;
    dialog.showModal();
    return true;
  }

  function wordsOf(element) {
    if (element.dataset.keyWords || element.getAttribute("aria-label")) {
      return element.dataset.keyWords || element.getAttribute("aria-label");
    }
    var copy = element.cloneNode(true);
    Array.prototype.forEach.call(copy.querySelectorAll("kbd, [data-left]"), function (part) { part.remove(); });
    return copy.textContent.trim() || element.placeholder || "";
  }

  /* Small things */

  document.addEventListener("click", function (event) {
    var opener = event.target.closest("[data-opens]");
    var closer = event.target.closest("[data-closes]");
    if (opener) {
      if (opener.dataset.opens === "#keys") keysDialog();
      else document.querySelector(opener.dataset.opens).showModal();
    }
    if (closer) closer.closest("dialog").close();
    if (event.target.closest("[data-print]")) window.print();
    each("details.ask[open]", function (panel) {
      if (!panel.contains(event.target)) panel.open = false;
    });
  });

  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape") each("details.ask[open]", function (panel) { panel.open = false; });
  });

  page.classList.add("scripted");
})();
