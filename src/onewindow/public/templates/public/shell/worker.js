/* Keeps one page for a lost network, and asks the hall for everything else. */
"use strict";

const HOME = "{{ home|escapejs }}";
const KEPT = "ow-shell " + HOME + " ";
const NAME = KEPT + "{{ version }}";
const AWAY = HOME + "away/";
const FILES = [AWAY{% for file in files %}, "{{ file|escapejs }}"{% endfor %}];

self.addEventListener("install", (event) => {
  const fresh = FILES.map((file) => new Request(file, { cache: "reload" }));
  event.waitUntil(caches.open(NAME).then((cache) => cache.addAll(fresh)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(caches.keys().then((names) => Promise.all(
    names.filter((name) => name.startsWith(KEPT) && name !== NAME).map((name) => caches.delete(name))
  )).then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const asked = event.request;
  const path = new URL(asked.url).pathname;
  if (asked.mode === "navigate") {
    event.respondWith(fetch(asked).catch(() => caches.match(AWAY, { cacheName: NAME })));
  } else if (asked.method === "GET" && FILES.includes(path)) {
    event.respondWith(fetch(asked).catch(() => caches.match(path, { cacheName: NAME })));
  }
});
