/* Ticks the rules of a new password while it is typed. The server decides; without this they are read. */

(function () {
  "use strict";

  var LENGTH = 10, KINDS = 3, NAMES_FROM = 3;
  var list = document.querySelector("[data-rules]");
  var field = list && document.getElementById(list.dataset.rules);
  if (!field) return;

  function kinds(typed) {
    var small = 0, capital = 0, digit = 0, other = 0;
    Array.from(typed).forEach(function (sign) {
      if (/\d/.test(sign)) digit = 1;
      else if (sign.toLowerCase() === sign.toUpperCase()) other = 1;
      else if (sign === sign.toLowerCase()) small = 1;
      else capital = 1;
    });
    return small + capital + digit + other;
  }

  function has(typed, name) {
    return name.length >= NAMES_FROM && typed.toLowerCase().indexOf(name.toLowerCase()) >= 0;
  }

  var met = {
    length: function (typed) { return Array.from(typed).length >= LENGTH; },
    classes: function (typed) { return kinds(typed) >= KINDS; },
    person: function (typed) {
      return typed !== "" && !has(typed, list.dataset.person) && !has(typed, list.dataset.name);
    }
  };

  field.addEventListener("input", function () {
    Array.prototype.forEach.call(list.children, function (rule) {
      rule.classList.toggle("met", met[rule.dataset.rule](field.value));
    });
  });
})();
