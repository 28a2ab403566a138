// One stream for all pages of a browser: a browser allows six connections to a site, and a seventh
// page would hang. This script runs as a SharedWorker; where there is none, live.js loads it into
// the page itself and each page has a stream of its own. It talks to pages through ports:
//
//   page -> here: {kind: "hello", lists: [{stream, token, topics}]}   also after renewing
//                 {kind: "alive"} every 20 s, {kind: "bye"}
//   here -> page: {kind: "state", on}, {kind: "wake", topics, at, stream}, {kind: "poll"}, {kind: "renew"},
//                 {kind: "now", now}: the hall's time in seconds
"use strict";

(function () {
  const POLL = 10000;      // the process has streams enough: ask every ten seconds
  const LOST = 5000;       // so long a stream may be away before screens say so
  const SILENT = 9000;     // the server says something every four seconds
  const FORGOTTEN = 150000; // pages in the background are slow to say that they are alive
  const pages = new Map(); // port -> {lists, seen}
  const streams = new Map(); // address -> Stream

  function jitter(from, to) { return from + Math.random() * (to - from); }

  function Stream(address) {
    this.address = address;
    this.source = null;
    this.lists = "";
    this.rights = new Map(); // token -> up to when its page is right, as the server said
    this.at = 0;
    this.heard = Date.now();
    this.lostAt = Date.now();
    this.on = null;
    this.timer = 0;
    this.tries = 0;
  }

  Stream.prototype.tokens = function () {
    const found = new Set();
    pages.forEach((page) => page.lists.forEach((list) => {
      if (list.stream === this.address) { found.add(list.token); }
    }));
    return Array.from(found).sort();
  };

  Stream.prototype.tell = function (message) {
    message.stream = this.address;
    pages.forEach((page, port) => {
      if (page.lists.some((list) => list.stream === this.address)) { port.postMessage(message); }
    });
  };

  Stream.prototype.say = function (on) {
    if (this.on !== on) { this.on = on; this.tell({ kind: "state", on: on }); }
  };

  Stream.prototype.later = function (milliseconds) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.open(), milliseconds);
  };

  Stream.prototype.shut = function () {
    if (this.source) { this.source.close(); this.source = null; }
  };

  Stream.prototype.open = function () {
    clearTimeout(this.timer);
    this.shut();
    const tokens = this.tokens();
    this.lists = tokens.join(" ");
    if (!tokens.length) { streams.delete(this.address); return; }
    const query = tokens.map((token) =>
      "t=" + encodeURIComponent(token) + "&s=" + (this.rights.get(token) || 0)).join("&");
    const source = this.source = new EventSource(this.address + "?" + query);
    let lived = false;
    const hear = (event) => {
      lived = true;
      this.tries = 0;
      this.heard = Date.now();
      this.lostAt = 0;
      this.at = Number(event.lastEventId) || this.at;
      this.rights = new Map(tokens.map((token) => [token, this.at]));
      this.say(true);
    };
    source.addEventListener("hello", (event) => {
      hear(event);
      this.tell({ kind: "now", now: Number(event.data) });
    });
    source.addEventListener("beat", hear);
    source.addEventListener("wake", (event) => {
      hear(event);
      this.tell({ kind: "wake", topics: event.data.split(" "), at: this.at });
    });
    source.addEventListener("bye", () => { this.shut(); this.later(jitter(50, 1000)); });
    source.onerror = () => {
      if (this.source !== source) { return; }
      const refused = source.readyState === EventSource.CLOSED && !lived;
      this.shut();
      this.lostAt = this.lostAt || Date.now();
      if (refused) { this.ask(query); } else { this.again(); }
    };
  };

  Stream.prototype.again = function () {
    this.tries += 1;
    this.later(jitter(500, Math.min(1000 * this.tries + 1000, 5000)));
  };

  // The stream was refused: ask why. 204: full; 403: the list is too old; otherwise try again.
  Stream.prototype.ask = function (query) {
    fetch(this.address + "?" + query, { method: "HEAD", cache: "no-store" }).then((answer) => {
      if (answer.status === 204) {
        this.heard = Date.now() + POLL;
        this.lostAt = 0;
        this.say(true);
        this.tell({ kind: "poll" });
        this.later(jitter(POLL, POLL + 1000));
      } else if (answer.status === 403) {
        this.tell({ kind: "renew" });
        this.later(jitter(3000, 5000));
      } else {
        this.again();
      }
    }, () => this.again());
  };

  Stream.prototype.watch = function () {
    const now = Date.now();
    if (this.source && now - this.heard > SILENT) { // the line is dead and nobody said so
      this.lostAt = this.lostAt || this.heard;
      this.heard = now;
      this.open();
    }
    if (this.lostAt && now - this.lostAt > LOST) { this.say(false); }
  };

  let settling = 0;
  function settle() { // pages come and go in bunches
    clearTimeout(settling);
    settling = setTimeout(() => {
      pages.forEach((page) => page.lists.forEach((list) => {
        if (!streams.has(list.stream)) { streams.set(list.stream, new Stream(list.stream)); }
      }));
      streams.forEach((stream) => {
        if (stream.tokens().join(" ") !== stream.lists) { stream.open(); }
      });
    }, 50);
  }

  function hear(port, message) {
    const page = pages.get(port) || { lists: [], seen: 0 };
    page.seen = Date.now();
    if (message.kind === "bye") {
      pages.delete(port);
      settle();
    } else if (message.kind === "hello") {
      page.lists = message.lists;
      pages.set(port, page);
      page.lists.forEach((list) => {
        const stream = streams.get(list.stream);
        if (stream && stream.on !== null) { port.postMessage({ kind: "state", on: stream.on, stream: list.stream }); }
      });
      settle();
    } else if (!pages.has(port)) {
      port.postMessage({ kind: "who" }); // forgotten while it slept
    }
  }

  function join(port) {
    port.onmessage = (event) => hear(port, event.data);
    if (port.start) { port.start(); }
  }

  setInterval(() => {
    const now = Date.now();
    let left = false;
    pages.forEach((page, port) => {
      if (now - page.seen > FORGOTTEN) { pages.delete(port); left = true; }
    });
    if (left) { settle(); }
    streams.forEach((stream) => stream.watch());
  }, 1000);

  if (typeof SharedWorkerGlobalScope !== "undefined") {
    self.onconnect = (event) => join(event.ports[0]);
  } else {
    window.oneWindowLive = join; // live.js waits for it
  }
})();
