/* The strip opens in a small window of its own: on top of the others where the browser can. */

(function () {
  "use strict";

  var WIDE = 340;
  var HIGH = 560;

  document.addEventListener("click", function (event) {
    var link = event.target.closest("[data-strip]");
    if (!link) return;
    event.preventDefault();
    if (window.documentPictureInPicture) onTop(link.href);
    else apart(link.href);
  });

  function apart(address) {
    window.open(address, "onewindow-strip", "popup,width=" + WIDE + ",height=" + HIGH);
  }

  function onTop(address) {
    window.documentPictureInPicture.requestWindow({ width: WIDE, height: HIGH }).then(function (small) {
      var page = small.document;
      var sheet = page.createElement("link");
      sheet.rel = "stylesheet";
      sheet.href = document.querySelector('link[href*="desks/strip"], link[href*="desks/desk"]').href;
      page.head.appendChild(sheet);
      page.body.className = "holds-strip";
      var frame = page.createElement("iframe");
      frame.src = address;
      page.body.appendChild(frame);
    }, function () { apart(address); });
  }
})();
