// Keeps a page live: topics that the server wakes become events on the body, "sse:<topic>", on
// which panels ask for themselves again (hx-trigger="sse:window.5 from:body"). The body carries
// data-live="on" or "off", and hears "live:state" when that changes, and "live:now" with the hall's time, every minute or so.
"use strict";

(function () {
  if (window.oneWindowPage) { return; }
  window.oneWindowPage = true;

  const ALIVE = 20000;
  let port = null;
  let renewedAt = Date.now();
  let renewing = false;
  let wokenAt = 0;

  function metas() { return Array.from(document.querySelectorAll('meta[name="live"]')); }

  function lists() {
    return metas().map((meta) => ({
      stream: meta.dataset.stream,
      token: meta.content,
      topics: meta.dataset.topics.split(" "),
    }));
  }

  function hello() { port.postMessage({ kind: "hello", lists: lists() }); }

  function wake(topics) {
    topics.forEach((topic) => document.body.dispatchEvent(
      new CustomEvent("sse:" + topic, { bubbles: true, detail: { topic: topic, at: wokenAt } })));
  }

  function state(on) {
    document.body.dataset.live = on ? "on" : "off";
    document.body.dispatchEvent(new CustomEvent("live:state", { detail: { on: on } }));
  }

  // The list of topics is short-lived: the page is asked for again, through its own door, which
  // checks the right anew; only the new lists are taken from it. A page that sends us elsewhere
  // (signed out, moved) is loaded as it now is.
  function renew() {
    if (renewing) { return; }
    renewing = true;
    fetch(location.href, { headers: { "X-Woken": "1" }, credentials: "same-origin", cache: "no-store" })
      .then((answer) => {
        if (answer.redirected || answer.status === 403 || answer.status === 404) {
          location.reload();
          return null;
        }
        return answer.ok ? answer.text() : null;
      })
      .then((text) => { if (text) { take(text); } }, () => null)
      .then(() => { renewing = false; });
  }

  function take(text) {
    const fresh = new DOMParser().parseFromString(text, "text/html").querySelectorAll('meta[name="live"]');
    const old = metas();
    if (fresh.length !== old.length) { return; }
    old.forEach((meta, place) => {
      meta.content = fresh[place].content;
      meta.dataset.topics = fresh[place].dataset.topics;
    });
    renewedAt = Date.now();
    hello();
  }

  function hear(message) {
    if (message.kind === "who") { hello(); return; }
    const mine = lists().filter((list) => list.stream === message.stream);
    const topics = [].concat.apply([], mine.map((list) => list.topics));
    if (message.kind === "state") {
      state(message.on);
    } else if (message.kind === "now") {
      document.body.dispatchEvent(new CustomEvent("live:now", { bubbles: true, detail: { now: message.now } }));
    } else if (message.kind === "renew") {
      renew();
    } else if (message.kind === "poll") {
      wokenAt = Date.now();
      wake(topics);
    } else if (message.kind === "wake") {
      wokenAt = message.at;
      wake(message.topics.filter((topic) => topics.indexOf(topic) >= 0));
    }
  }

  function start(made) {
    port = made;
    port.onmessage = (event) => hear(event.data);
    if (port.start) { port.start(); }
    hello();
    const every = Number(metas()[0].dataset.renew) * 1000;
    setInterval(() => {
      port.postMessage({ kind: "alive" });
      if (Date.now() - renewedAt > every) { renew(); }
    }, ALIVE);
    window.addEventListener("pagehide", () => port.postMessage({ kind: "bye" }));
    window.addEventListener("pageshow", (event) => { if (event.persisted) { hello(); wake(topicsOfAll()); } });
  }

  function topicsOfAll() { return [].concat.apply([], lists().map((list) => list.topics)); }

  function alone(address) { // no SharedWorker in this browser: the same script, in the page
    const channel = new MessageChannel();
    const script = document.createElement("script");
    script.src = address;
    script.onload = () => { window.oneWindowLive(channel.port2); start(channel.port1); };
    document.head.appendChild(script);
  }

  function begin() {
    const first = metas()[0];
    if (!first) { return; }
    document.body.addEventListener("htmx:configRequest", (event) => {
      const cause = event.detail.triggeringEvent;
      if (cause && /^sse:/.test(cause.type)) { event.detail.headers["X-Woken"] = String(wokenAt || 1); }
    });
    try {
      start(new SharedWorker(first.dataset.worker).port);
    } catch (error) {
      alone(first.dataset.worker);
    }
  }

  if (document.readyState === "loading") {
    document.addEventListener("DOMContentLoaded", begin);
  } else {
    begin();
  }
})();
