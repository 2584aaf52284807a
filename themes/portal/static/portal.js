// What a page gains from a script: links to decisions that copy themselves, and folded parts that open when they are
// asked for. Nothing here is needed to read.
(function () {
  "use strict";
  var wide = window.matchMedia("(min-width: 60rem)");

  window.samverkCopyButton = button;
  copyLinks();
  openTarget();
  window.addEventListener("hashchange", openTarget);
  window.addEventListener("beforeprint", openAll);
  if (!(window.CSS && CSS.supports("selector(::details-content)"))) unfoldWhenWide();
  reachScrollers();
  printAddress();
  document.addEventListener("keydown", toSearch);

  function copyLinks() {
    document.querySelectorAll("a.permalink").forEach(function (link) {
      var words = link.dataset.cite;
      link.replaceWith(copyButton("Kopiera länk till beslutet", link.href));
      function copyButton(label, text) {
        var box = document.createDocumentFragment();
        box.append(button(label, text));
        if (words) box.append(" ", button("Kopiera hänvisning", words + " " + link.href));
        return box;
      }
    });
  }

  // "/" leads to the page's search field. The search page does so by itself.
  function toSearch(event) {
    var field = document.querySelector("input[type=search]"), at = document.activeElement;
    if (!field || event.defaultPrevented || event.key !== "/" || event.altKey || event.ctrlKey || event.metaKey) return;
    if (/^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName) && at.type !== "checkbox") return;
    event.preventDefault();
    field.focus();
    field.select();
  }

  function button(label, text) {
    var button = document.createElement("button");
    button.type = "button";
    button.textContent = label;
    button.addEventListener("click", function () {
      copy(text).then(function (done) {
        button.textContent = done ? "Kopierat" : text;
        say(done ? "Kopierat" : "Kunde inte kopiera");
        if (done) setTimeout(function () { button.textContent = label; }, 2000);
      });
    });
    return button;
  }

  // navigator.clipboard is missing on http and, in some browsers, on file://.
  function copy(text) {
    if (navigator.clipboard && window.isSecureContext) {
      return navigator.clipboard.writeText(text).then(function () { return true; }, function () { return byHand(text); });
    }
    return Promise.resolve(byHand(text));
  }

  function byHand(text) {
    var field = document.createElement("textarea");
    field.value = text;
    field.className = "hidden";
    document.body.append(field);
    field.select();
    var done = document.execCommand("copy");
    field.remove();
    return done;
  }

  function say(words) {
    var status = document.getElementById("besked");
    if (!status) {
      status = document.createElement("p");
      status.id = "besked";
      status.className = "hidden";
      status.setAttribute("role", "status");
      document.body.append(status);
    }
    status.textContent = words;
  }

  function openTarget() {
    var target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    var folded = target && target.closest("details");
    if (folded && !folded.open) {
      folded.open = true;
      target.scrollIntoView();
    }
  }

  function openAll() {
    document.querySelectorAll("details:not(.contents)").forEach(function (part) { part.open = true; });
  }

  function unfoldWhenWide() {
    function fit() {
      document.querySelectorAll(".beside > details, details.beside").forEach(function (part) { part.open = wide.matches; });
    }
    fit();
    wide.addEventListener("change", fit);
  }

  // What scrolls sideways on a narrow screen can be scrolled from the keyboard too.
  function reachScrollers() {
    document.querySelectorAll(".tabell, main pre, .diagram, .timeline").forEach(function (part) {
      if (part.scrollWidth <= part.clientWidth) return;
      part.tabIndex = 0;
    });
  }

  function printAddress() {
    var line = document.querySelector(".site-foot .print-only");
    if (line) line.textContent = location.href.split("#")[0];
  }
})();
