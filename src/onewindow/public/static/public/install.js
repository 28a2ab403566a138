/* Where the page is a secure one, a service worker keeps an honest page for a lost network. Where it
   is not, there is no such worker: the open page says it by itself, and nothing else is different. */

(function () {
  "use strict";

  var worker = document.currentScript.dataset.worker;
  if (!navigator.serviceWorker || !window.isSecureContext) return;
  window.addEventListener("load", function () {
    navigator.serviceWorker.register(worker, { updateViaCache: "none" }).catch(function () { return null; });
  });
})();
