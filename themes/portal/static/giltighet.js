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
    var known = sinceAdoptedAnew(events.filter(function (event) { return !event.d || firstDay(event.d) <= date; }), date);
    var over = ended(known, date);
    if (over) return over;
    var start = startOf(known);
    if (!start) return plain("Unknown");
    if (date < start.day) return start.certain ? plain("NotYet", undefined, start.event, { day: start.day }) : plain("Unknown");
    var found = running(known, start.event, date, soon);
    return leaving(known, found, date, soon) || found;
  }

  function ends(event) { return ["ersatt", "uppsagd", "upphävd"].indexOf(event.k) >= 0; }

  // The first day on which the agreement may be over, and the first on which it surely is; nothing where nobody has
  // said. Notice is given long before it takes effect.
  function overAt(event) {
    if (!ends(event)) return undefined;
    if (event.t) return { earliest: addDays(lastDay(event.t), 1), latest: addDays(lastDay(event.t), 1) };
    var day = event.f || (event.k === "uppsagd" ? undefined : event.d);
    return day && { earliest: firstDay(day), latest: lastDay(day) };
  }

  function lastIndex(known, holds) {
    var at = known.length - 1;
    while (at >= 0 && !holds(known[at])) at -= 1;
    return at;
  }

  // What ended an earlier validity says nothing of one that was adopted after it and has begun.
  function sinceAdoptedAnew(known, date) {
    var adopted = lastIndex(known, function (event) {
      var day = event.f ? firstDay(event.f) : event.d && lastDay(event.d);
      return event.k === "antagen" && (!day || day <= date);
    });
    return known.slice(lastIndex(known.slice(0, Math.max(adopted, 0)), ends) + 1);
  }

  // What has surely ended by `date`, the last such event first.
  function ended(known, date) {
    var at = lastIndex(known, function (event) {
      var over = overAt(event);
      return over && over.latest <= date;
    });
    if (at < 0) return undefined;
    var event = known[at], until = event.t ? lastDay(event.t) : event.f && event.f.length === 10 ? event.f : undefined;
    if (event.k === "ersatt") return plain("Replaced", until, event);
    var anew = known.slice(at + 1).filter(function (later) { return later.k === "antagen" && later.f; })[0];
    return anew ? plain("NotYet", undefined, anew, { day: firstDay(anew.f) }) : plain("Ended", until, event);
  }

  function startOf(known) {
    var first = known[0];
    if (!first) return undefined;
    if (first.f && !ends(first)) return { day: firstDay(first.f), certain: true, event: first };
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
      if (!event.t || ends(event)) return;
      var from = event.f && firstDay(event.f);
      var follows = !last || !from || from <= addDays(last.day, 1);
      if (from && from > date && !follows) next = next || { day: from, event: event };
      else last = { day: lastDay(event.t), event: event };
    });
    return { last: last, next: next };
  }

  // An agreement in force whose end is known beforehand, or that has ended nobody has said when.
  function leaving(known, found, date, soon) {
    var event = known.filter(ends).reduce(function (best, other) {
      return !best || begins(other) < begins(best) ? other : best;
    }, undefined);
    if (!event) return undefined;
    var notice = event.k === "uppsagd", over = overAt(event);
    if (!notice && (!over || over.earliest <= date)) return applies(found) === "nej" ? undefined : plain("Unknown", undefined, event);
    if (["InForce", "Prolonged", "Conditional"].indexOf(found.kind) < 0) return undefined;
    var own = found.kind === "Conditional" ? undefined : found.until;
    var last = over && addDays(over.earliest, -1);
    var runsOutFirst = own && last && own <= last;
    if (runsOutFirst && !notice) return undefined;
    var until = runsOutFirst ? own : last && over.earliest === over.latest ? last : undefined;
    var end = until || own;
    return plain(notice ? "Terminated" : "InForce", until, event, { soon: !!end && daysBetween(date, end) <= soon });
  }

  function begins(event) { return (overAt(event) || { earliest: "" }).earliest; }

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
      case "Terminated": return until ? "Uppsagd, gäller till " + until : "Uppsagd, men när den upphör framgår inte av underlaget";
      case "Ended": return until ? "Upphörde att gälla " + until : "Har upphört att gälla";
      default: return "Giltigheten framgår inte av underlaget";
    }
  }

  function decided(event) { return (event.b ? " av " + event.b : "") + (event.d ? " " + words(event.d) : ""); }

  // "Förlängd av X 11 december 2025 till 30 juni 2027", "Upphävd 11 december 2025 från 1 januari 2026", or nothing.
  function reason(found) {
    var event = found.event;
    if (!event) return "";
    return event.k[0].toUpperCase() + event.k.slice(1) + decided(event) +
      (event.f && ends(event) ? " från " + words(event.f) : "") + (event.t ? " till " + words(event.t) : "");
  }

  // Whether a reader may rely on it: "ja", "kanske" or "nej".
  function applies(found) {
    if (found.kind === "Terminated" && !found.until) return "kanske";
    if (["InForce", "Prolonged", "Conditional", "Terminated"].indexOf(found.kind) >= 0) return "ja";
    return found.kind === "PerhapsProlonged" || found.kind === "Unknown" ? "kanske" : "nej";
  }

  return { status: status, label: label, sentence: sentence, reason: reason, applies: applies,
    words: words, firstDay: firstDay, lastDay: lastDay, addDays: addDays, daysBetween: daysBetween };
})();
