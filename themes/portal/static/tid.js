// Tells of another day than the one the page was built for: the day asked for in the address (?datum=2027-07-01), or
// today when the page is older. What is needed stands in the page; giltighet.js knows what it means.
(function () {
  "use strict";
  var body = document.body, built = body.dataset.date, soon = +body.dataset.snart;
  var now = new Date();
  var today = new Date(now - now.getTimezoneOffset() * 6e4).toISOString().slice(0, 10);
  var form = document.querySelector(".day-form"), field = form && form.elements.datum;
  var usual = today > built ? today : built;
  var shown = built, notice;

  if (form) {
    form.hidden = false;
    form.addEventListener("submit", function (event) {
      event.preventDefault();
      if (isDay(field.value)) choose(field.value);
    });
    if (!form.dataset.tider) field.addEventListener("change", function () { if (isDay(field.value)) choose(field.value); });
  }
  window.addEventListener("popstate", read);
  read();

  function read() {
    var asked = new URLSearchParams(location.search).get("datum");
    if (form && form.dataset.tider) return;
    show(isDay(asked) ? asked : usual, isDay(asked));
  }

  function isDay(text) {
    return /^\d{4}-\d\d-\d\d$/.test(text || "") && !isNaN(Date.parse(text)) && new Date(text).toISOString().slice(0, 10) === text;
  }

  function choose(day) {
    if (form.dataset.tider) return leave(day);
    if (new URLSearchParams(location.search).get("datum") === day) return;
    show(day, true);
    // Some browsers refuse on file://; the page tells of the day all the same.
    try { history.pushState(null, "", "?datum=" + day + location.hash); } catch { return; }
  }

  // The structure of another time is a page of its own.
  function leave(day) {
    var times = form.dataset.tider.split(";").map(function (time) { return time.split(" "); });
    var page = day >= built ? [day, form.dataset.nu] : times.filter(function (time) { return time[0] <= day; }).pop() || times[0];
    location.href = page[1];
  }

  function show(day, asked) {
    var before = standing();
    if (field) field.value = day;
    if (day !== shown) recompute(day);
    shown = day;
    if (asked || day !== built) tell(day, asked, before !== standing());
    else if (notice) notice.hidden = true;
  }

  function recompute(day) {
    document.querySelectorAll("[data-giltighet]").forEach(function (part) { agreement(part, day); });
    document.querySelectorAll("[data-grupp]").forEach(sort);
    document.querySelectorAll("[data-dag]").forEach(function (time) {
      time.dateTime = day;
      time.textContent = giltighet.words(day);
    });
    document.querySelectorAll("[data-senast]").forEach(function (row) { due(row, day); });
    document.querySelectorAll("time[data-manader]").forEach(function (time) { again(time, day); });
    document.querySelectorAll("section[data-lage]").forEach(arrange);
    document.querySelectorAll("svg[data-axel]").forEach(function (drawing) { marker(drawing, day); });
  }

  // The line in a timeline goes to the day; the axis is as long as it was drawn.
  function marker(drawing, day) {
    var axis = drawing.dataset.axel.split(" "), left = +axis[2], right = +axis[3];
    var share = giltighet.daysBetween(axis[0], day) / giltighet.daysBetween(axis[0], axis[1]);
    var x = Math.round(left + Math.min(Math.max(share, 0), 1) * (right - left));
    var line = drawing.querySelector(".idag"), words = drawing.querySelector(".dag");
    line.setAttribute("d", line.getAttribute("d").replace(/^M\d+/, "M" + x));
    words.textContent = giltighet.words(day);
    // A drawing that is not shown measures nothing.
    var half = Math.ceil((words.getComputedTextLength() || words.textContent.length * 7.5) / 2);
    words.setAttribute("x", Math.min(Math.max(x, left + half), right - half));
  }

  // All that the page says of a day, to see whether another day changes it.
  function standing() {
    return Array.from(document.querySelectorAll(".status"), function (badge) { return badge.textContent; }).join();
  }

  // A page that says nothing of any day has nothing to tell; one where nothing has changed tells it quietly.
  function tell(day, asked, changed) {
    if (!document.querySelector("[data-giltighet], [data-senast], [data-manader]")) return;
    var words = giltighet.words;
    var late = " Beslut som har publicerats efter " + words(built) + " är inte med.";
    if (!notice) {
      notice = document.createElement("p");
      notice.setAttribute("role", "status");
      document.querySelector("main").prepend(notice);
    }
    notice.hidden = false;
    notice.className = asked || changed ? "notice day" : "day";
    notice.textContent = asked
      ? "Visar läget den " + words(day) + (day < built ? ", enligt de beslut som då var fattade." : ".") + (day > built ? late : "")
      : "Sidan byggdes " + words(built) + "; läget är omräknat till i dag, " + words(day) + "." + late;
    if (asked) notice.append(" ", element("a", "", "Visa läget i dag"));
    if (asked) notice.lastChild.href = location.pathname;
  }

  function agreement(part, day) {
    var found = giltighet.status(JSON.parse(part.dataset.giltighet), day, soon);
    var badge = part.querySelector(".status:not(.soon)"), ends = part.querySelector(".status.soon");
    badge.className = "status " + found.key;
    badge.textContent = giltighet.label(found);
    if (ends) ends.remove();
    if (found.soon) badge.after(" ", element("span", "status soon", "Upphör snart"));
    part.dataset.galler = found.key === "inte-an" ? "inte-an" : giltighet.applies(found);
    if (part.classList.contains("standing")) part.className = "standing " + found.key;
    if (part.closest("[data-gallande]")) part.hidden = giltighet.applies(found) !== "ja";
    fill(part, "mening", giltighet.sentence(found));
    fill(part, "slut", found.until && element("time", "", found.until));
    fill(part, "grund", basis(found.event));
    fill(part, "beslut", decision(found.event));
  }

  function due(row, day) {
    var what = row.querySelector(".row-what"), badge = what.querySelector(".status");
    var last = row.dataset.senast, late = last < day;
    if (badge) badge.remove();
    if (late) what.append(" ", element("span", "status late", row.dataset.sen));
    else if (row.matches(".obligation") && giltighet.daysBetween(day, last) <= soon) what.append(" ", element("span", "status soon", "Snart"));
    row.dataset.i = late ? "overdue" : "dated";
  }

  // What recurs: the first day from today on; counted from an adoption, the first day after it.
  function again(time, day) {
    var start = time.dataset.start, months = +time.dataset.manader;
    var from = "raknat" in time.dataset && day <= start ? giltighet.addDays(start, 1) : day;
    var count = Math.max(0, Math.floor(((from.slice(0, 4) - start.slice(0, 4)) * 12 + +from.slice(5, 7) - start.slice(5, 7)) / months));
    var next = addMonths(start, count * months);
    if (next < from) next = addMonths(start, (count + 1) * months);
    time.dateTime = next;
    time.textContent = giltighet.words(next);
  }

  function addMonths(day, months) {
    var month = +day.slice(0, 4) * 12 + +day.slice(5, 7) - 1 + months;
    var name = String(Math.floor(month / 12)).padStart(4, "0") + "-" + String(month % 12 + 1).padStart(2, "0");
    var last = giltighet.lastDay(name);
    return name + day.slice(7) < last ? name + day.slice(7) : last;
  }

  // Rows with a date go to what has passed, latest first, or to what is to come, nearest first.
  function arrange(section) {
    var name = section.dataset.lage, list = section.querySelector("ul");
    if (name === "overdue" || name === "dated") {
      var rows = Array.from(section.parentNode.querySelectorAll("[data-i=" + name + "]"));
      rows.sort(function (a, b) {
        var order = a.dataset.senast < b.dataset.senast ? -1 : a.dataset.senast > b.dataset.senast ? 1 : 0;
        return name === "overdue" ? -order : order;
      });
      rows.forEach(function (row) { list.append(row); });
    }
    section.hidden = !list.children.length;
  }

  function element(name, className, text) {
    var made = document.createElement(name);
    if (className) made.className = className;
    made.textContent = text;
    return made;
  }

  function link(text, url) {
    var made = element("a", "", text);
    made.href = /^https?:/.test(url) ? url : body.dataset.root + url;
    return made;
  }

  function fill(part, name, content) {
    var place = part.querySelector("[data-del=" + name + "]");
    if (!place) return;
    place.textContent = "";
    place.append(content || "");
  }

  function basis(event) {
    if (!event || !event.n) return "";
    var out = document.createDocumentFragment();
    out.append(event.o ? "Källa: " : "", event.u ? link(event.n, event.u) : event.n);
    return out;
  }

  function decision(event) {
    if (!event || !event.u || event.o) return "";
    var out = document.createDocumentFragment();
    out.append(" (", link("beslutet", event.u), ")");
    return out;
  }

  // Rows go to the group they belong to on the day, in the register's order.
  function sort(section) {
    var rows = Array.from(document.querySelectorAll("tr[data-galler=" + section.dataset.grupp + "]"));
    rows.sort(function (a, b) { return a.dataset.ordning - b.dataset.ordning; });
    var table = section.querySelector("tbody");
    rows.forEach(function (row) { table.append(row); });
    section.hidden = !rows.length;
  }
})();
