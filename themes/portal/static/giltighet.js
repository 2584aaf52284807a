// Whether an agreement applies on a date, and why, for a page that is read on another day than the one it was built
// for. It says what src/model/validity.rs and src/render/view/agreement.rs say; a test holds them together.
//
// An event: k kind, f from, t to, d decided (dates of which perhaps only the year or month is known), c condition,
// r title of what replaces it, b who decided, n and u title and address of the decision, o when that is a source only.
var giltighet = (function () {
  "use strict";
  var MONTHS = "januari februari mars april maj juni juli augusti september oktober november december".split(" ");
  var KEYS = { Ended: "upphort", Replaced: "ersatt", Terminated: "uppsagd", NotYet: "inte-an", InForce: "galler",
    Prolonged: "forlangd", Conditional: "villkorat", PerhapsProlonged: "kontrollera", Unknown: "okand" };

  function firstDay(date) { return date + "-01-01".slice(date.length - 4); }

  function lastDay(date) {
    if (date.length === 4) return date + "-12-31";
    if (date.length === 10) return date;
    return date + "-" + new Date(Date.UTC(+date.slice(0, 4), +date.slice(5), 0)).getUTCDate();
  }

  function addDays(day, count) {
    var moved = new Date(day + "T00:00:00Z");
    moved.setUTCDate(moved.getUTCDate() + count);
    return moved.toISOString().slice(0, 10);
  }

  function daysBetween(from, to) { return (Date.parse(to) - Date.parse(from)) / 864e5; }

  // "29 januari 2026", "januari 2026" or "2026".
  function words(date) {
    var parts = date.split("-");
    if (parts.length === 1) return date;
    return (parts[2] ? +parts[2] + " " : "") + MONTHS[parts[1] - 1] + " " + parts[0];
  }

  function plain(kind, until, event, more) {
    return Object.assign({ kind: kind, key: KEYS[kind], until: until, soon: false, event: event }, more);
  }

  // The status on `date`; `event` is the event that makes it so, or undefined.
  function status(events, date, soon) {
    var known = events.filter(function (event) { return !event.d || firstDay(event.d) <= date; });
    for (var at = known.length - 1; at >= 0; at -= 1) {
      var over = endedBy(known[at], date);
      if (over) return over;
    }
    var start = startOf(known);
    if (!start) return plain("Unknown");
    if (date < start.day) return start.certain ? plain("NotYet", undefined, start.event, { day: start.day }) : plain("Unknown");
    var found = running(known, start.event, date, soon);
    return underNotice(known, found, date, soon) || found;
  }

  function endedBy(event, date) {
    var effective = event.f || event.d;
    if (!effective || firstDay(effective) > date) return undefined;
    var from = event.f && firstDay(event.f);
    if (event.k === "upphävd" || event.k === "uppsagd") return plain("Ended", from, event);
    return event.k === "ersatt" ? plain("Replaced", from, event) : undefined;
  }

  function startOf(known) {
    var first = known[0];
    if (!first) return undefined;
    if (first.f) return { day: firstDay(first.f), certain: true, event: first };
    return known.reduce(function (best, event) {
      return event.d && (!best || lastDay(event.d) < best.day) ? { day: lastDay(event.d), certain: false, event: event } : best;
    }, undefined);
  }

  function running(known, first, date, soon) {
    var found = periods(known, date);
    if (!found.last) return plain("InForce", undefined, first);
    var end = found.last.day, event = found.last.event;
    if (date > end) {
      var after = afterEnd(known, event, end);
      return found.next && after.kind === "Ended" ? plain("NotYet", undefined, found.next.event, { day: found.next.day }) : after;
    }
    return plain(event.k === "förlängd" ? "Prolonged" : "InForce", end, event, { soon: daysBetween(date, end) <= soon });
  }

  // The last day of the period that has begun, and the first day of one that begins after a gap.
  function periods(known, date) {
    var last, next;
    known.forEach(function (event) {
      if (!event.t) return;
      var from = event.f && firstDay(event.f);
      var follows = !last || !from || from <= addDays(last.day, 1);
      if (from && from > date && !follows) next = next || { day: from, event: event };
      else last = { day: lastDay(event.t), event: event };
    });
    return { last: last, next: next };
  }

  function underNotice(known, found, date, soon) {
    if (["InForce", "Prolonged", "Conditional"].indexOf(found.kind) < 0) return undefined;
    var notice = known.filter(function (event) { return event.k === "uppsagd"; }).pop();
    if (!notice || !(notice.f || notice.d)) return undefined;
    var last = addDays(firstDay(notice.f || notice.d), -1);
    var own = found.kind === "Conditional" ? undefined : found.until;
    var until = own && own < last ? own : last;
    return plain("Terminated", until, notice, { soon: daysBetween(date, until) <= soon });
  }

  function afterEnd(known, event, end) {
    for (var at = known.length - 1; at >= 0; at -= 1) {
      var other = known[at];
      if (other.k === "villkorad") return plain("Conditional", end, other);
      if (other.k === "förlängd" && !other.t) return plain("PerhapsProlonged", end, other);
      if (other === event) break;
    }
    return plain("Ended", end, event);
  }

  function label(found) {
    switch (found.kind) {
      case "NotYet": return "Gäller inte än (från " + found.day + ")";
      case "InForce": return found.until ? "Gäller till " + found.until : "Gäller";
      case "Prolonged": return "Förlängd till " + found.until;
      case "Conditional": return "Gäller tills vidare (villkorat)";
      case "PerhapsProlonged": return "Kan ha förlängts – kontrollera";
      case "Replaced": return "Ersatt";
      case "Terminated": return "Uppsagd";
      case "Ended": return "Har upphört";
      default: return "Giltighet okänd";
    }
  }

  function sentence(found) {
    var until = found.until ? words(found.until) : "", event = found.event || {};
    switch (found.kind) {
      case "NotYet": return "Börjar gälla " + words(found.day);
      case "InForce": return until ? "Gäller till " + until : "Gäller";
      case "Prolonged": return "Gäller till " + until + ", förlängd" + decided(event);
      case "Conditional": return "Löpte ut " + until + " men gäller " + (event.c ? "tills " + event.c : "tills vidare");
      case "PerhapsProlonged": return "Löpte ut " + until + " och kan ha förlängts – kontrollera";
      case "Replaced": return event.r ? "Ersatt av " + event.r : "Ersatt";
      case "Terminated": return "Uppsagd, gäller till " + until;
      case "Ended": return until ? "Upphörde att gälla " + until : "Har upphört att gälla";
      default: return "Giltigheten framgår inte av underlaget";
    }
  }

  function decided(event) { return (event.b ? " av " + event.b : "") + (event.d ? " " + words(event.d) : ""); }

  // "Förlängd av X 11 december 2025 till 30 juni 2027", or nothing.
  function reason(found) {
    var event = found.event;
    if (!event) return "";
    return event.k[0].toUpperCase() + event.k.slice(1) + decided(event) + (event.t ? " till " + words(event.t) : "");
  }

  // Whether a reader may rely on it: "ja", "kanske" or "nej".
  function applies(found) {
    if (["InForce", "Prolonged", "Conditional", "Terminated"].indexOf(found.kind) >= 0) return "ja";
    return found.kind === "PerhapsProlonged" || found.kind === "Unknown" ? "kanske" : "nej";
  }

  return { status: status, label: label, sentence: sentence, reason: reason, applies: applies,
    words: words, firstDay: firstDay, lastDay: lastDay, addDays: addDays, daysBetween: daysBetween };
})();
