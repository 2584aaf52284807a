// The search page: asks the engine (client.js), shows groups of hits and facets, keeps the question in the address.
// Everything typed or chosen is in the address, so that a search can be linked, reloaded and gone back to.
(function () {
  "use strict";
  var KINDS = {
    beslut: "Beslut", punkt: "Ärende", avsnitt: "Avsnitt", "överenskommelse": "Överenskommelse", uppdrag: "Uppdrag",
    "möte": "Möte", organ: "Organ", "ämne": "Ämne", begrepp: "Begrepp", sida: "Sida"
  };
  var FACETS = [["typ", "Typ"], ["organ", "Organ"], ["år", "År"], ["status", "Status"], ["ämne", "Ämne"], ["län", "Län"]];
  var PAGE = 10, SHOWN_VALUES = 8;
  // Milliseconds before a reader is told to wait: most answers are there by then.
  var SLOW = 500;

  var form = document.getElementById("sok"), field = document.getElementById("sokord");
  var count = document.getElementById("sok-antal"), hints = document.getElementById("sok-forslag");
  var list = document.getElementById("sok-traffar"), registers = document.getElementById("register");
  var panel = document.getElementById("sok-filter"), facetForm = panel.querySelector("form");
  var root = form.dataset.root, engine = window.samverkSearch && window.samverkSearch(form.dataset.base);
  // settled: what is asked now was asked for, and not only typed on the way.
  var state = read(), asked = 0, settled = true, timer, slow;

  if (!engine) return fail();
  field.value = state.q;
  if (!state.q) field.focus();
  run(false);

  field.addEventListener("input", function () {
    clearTimeout(timer);
    timer = setTimeout(function () { ask(true); }, 120);
  });
  form.addEventListener("submit", function (event) {
    event.preventDefault();
    clearTimeout(timer);
    ask(false);
  });
  facetForm.addEventListener("change", function () {
    state.filters = chosen();
    state.limit = PAGE;
    run(false);
  });
  window.addEventListener("popstate", function () {
    if (address() === address(read())) return;
    state = read();
    field.value = state.q;
    run(false);
  });
  document.addEventListener("keydown", keys);

  // The address. From a file share the query string cannot be changed by a script, but the fragment can.
  function read() {
    var params = new URLSearchParams(location.hash.indexOf("=") > 0 ? location.hash.slice(1) : location.search);
    var filters = {};
    FACETS.forEach(function (facet) {
      var values = params.getAll(facet[0]);
      if (values.length) filters[facet[0]] = values;
    });
    return { q: params.get("q") || "", filters: filters, limit: Number(params.get("visa")) || PAGE };
  }

  function address(what) {
    var params = new URLSearchParams(), of = what || state;
    if (of.q) params.set("q", of.q);
    Object.keys(of.filters).forEach(function (key) {
      of.filters[key].forEach(function (value) { params.append(key, value); });
    });
    if (of.limit !== PAGE) params.set("visa", of.limit);
    return params.toString();
  }

  // A question that was asked for stays to be gone back to; what is typed on the way to one is not.
  function write(typing) {
    var query = address(), fresh = settled || !typing;
    settled = !typing;
    if (query === address(read())) return;
    try {
      history[fresh ? "pushState" : "replaceState"](null, "", location.pathname + (query ? "?" + query : ""));
    } catch (refused) {
      location[fresh ? "assign" : "replace"]("#" + query);
    }
  }

  function ask(typing) {
    var q = field.value.trim();
    if (q !== state.q) state.limit = PAGE;
    state.q = q;
    run(typing);
  }

  function run(typing) {
    var mine = ++asked;
    write(typing);
    if (state.q.length < 2 && !any()) return blank();
    clearTimeout(slow);
    slow = setTimeout(function () { count.textContent = "Söker …"; }, SLOW);
    engine.query(state.q, { filters: state.filters, limit: state.limit, complete: typing }).then(function (answer) {
      if (mine !== asked) return;
      clearTimeout(slow);
      show(answer);
      return engine.facets(state.q, { filters: state.filters }).then(function (facets) {
        if (mine === asked) showFacets(facets);
      });
    }).catch(function () {
      if (mine === asked) fail();
    });
  }

  function any() { return Object.keys(state.filters).length > 0; }

  function blank() {
    clearTimeout(slow);
    document.title = document.title.replace(/^.*? – /, "Sök – ");
    count.textContent = "";
    list.replaceChildren();
    hints.hidden = panel.hidden = true;
    registers.hidden = false;
  }

  function fail() {
    blank();
    count.textContent = "Sökningen kunde inte läsas in. Använd registren nedan.";
  }

  function show(answer) {
    var words = shortened(state.q), found = answer.total === 1 ? "1 träff" : answer.total ? number(answer.total) + " träffar" : "Inga träffar";
    document.title = document.title.replace(/^.*? – /, function () { return "Sök: " + words.replace(/ – /g, " ") + " – "; });
    count.textContent = found + (words ? " på ”" + words + "”" : "");
    showHints(answer);
    var held = list.contains(document.activeElement) && document.activeElement.getAttribute("href");
    list.replaceChildren.apply(list, groups(answer.hits).map(group));
    if (held !== false) refocus(held);
    if (answer.hits.length < answer.total && answer.hits.length >= state.limit) list.append(more(answer.hits.length));
    registers.hidden = answer.total > 0;
  }

  // A late answer must not take the focus from a reader who has already gone into the hits.
  function refocus(href) {
    var links = Array.from(list.querySelectorAll("a"));
    (links.find(function (link) { return link.getAttribute("href") === href; }) || links[0] || field).focus();
  }

  function showHints(answer) {
    hints.replaceChildren();
    (answer.notes || []).forEach(function (note) { hints.append(element("p", "muted", note)); });
    if (answer.suggestions.length) {
      var line = element("p", "", "Menade du ");
      answer.suggestions.forEach(function (words, i) {
        var link = element("a", "", words);
        link.href = "?q=" + encodeURIComponent(words);
        link.addEventListener("click", function (event) {
          event.preventDefault();
          field.value = words;
          field.focus();
          ask(false);
        });
        line.append(i ? " eller " : "", link);
      });
      line.append("?");
      hints.append(line);
    }
    if (!answer.total && !answer.suggestions.length) {
      hints.append(element("p", "", "Kontrollera stavningen, pröva färre ord eller gå till ett register."));
    }
    if (!answer.total && any()) {
      var clear = element("button", "more-hits", "Rensa filter och sök igen");
      clear.type = "button";
      clear.addEventListener("click", clearFilters);
      hints.append(clear);
    }
    hints.hidden = !hints.childNodes.length;
  }

  function clearFilters() {
    state.filters = {};
    run(false);
    field.focus();
  }

  // The engine keeps the hits of one document together; here they become one group.
  function groups(hits) {
    var made = [];
    hits.forEach(function (hit) {
      var page = hit.url.split("#")[0], last = made[made.length - 1];
      if (last && last.page === page) last.hits.push(hit);
      else made.push({ page: page, hits: [hit] });
    });
    return made;
  }

  function group(g) {
    var box = element("section", "hit-group"), first = g.hits[0], whole = first.url.indexOf("#") < 0 ? first : null;
    var heading = element("h2"), parts = whole ? g.hits.slice(1) : g.hits;
    if (!whole && !first.context) {
      heading.append(anchor(first.url, first.title));
      box.append(heading, meta(first), excerpt(first));
      box.querySelector(".row-meta").append(copyLink(first));
      parts = parts.slice(1);
    } else {
      heading.append(anchor(g.page, whole ? whole.title : first.context));
      box.append(heading, meta(whole || { kind: "", organName: first.organName, date: first.date, status: first.status }));
      if (whole) box.append(excerpt(whole));
      if (whole) box.querySelector(".row-meta").append(copyLink(whole));
    }
    if (parts.length) {
      var items = element("ol");
      parts.forEach(function (hit) {
        var item = element("li"), line = element("p");
        line.append(element("span", "kind", KINDS[hit.kind] || ""), " ", anchor(hit.url, hit.title), copyLink(hit));
        item.append(line, excerpt(hit));
        items.append(item);
      });
      box.append(items);
    }
    var left = g.hits[g.hits.length - 1].more;
    if (left) box.append(element("p", "row-meta", "och " + left + " till i samma handling"));
    return box;
  }

  function meta(hit) {
    var line = element("p", "row-meta"), words = [KINDS[hit.kind], hit.organName, hit.date].filter(Boolean).join(" · ");
    line.append(words);
    if (hit.status) line.append(words ? " · " : "", element("span", "status " + hit.status.key, hit.status.label));
    return line;
  }

  function copyLink(hit) {
    if (!window.samverkCopyButton) return "";
    var button = window.samverkCopyButton("Kopiera länk", anchor(hit.url, "").href);
    button.className = "link-button copy-link";
    button.setAttribute("aria-label", "Kopiera länk till " + hit.title);
    return button;
  }

  function excerpt(hit) {
    var line = element("p", hit.kind === "beslut" ? "excerpt clause" : "excerpt");
    line.innerHTML = hit.excerpt || ""; // made by the engine: escaped text and <mark>
    return line;
  }

  function more(shown) {
    var button = element("button", "more-hits", "Visa fler träffar");
    button.type = "button";
    button.addEventListener("click", function () {
      state.limit = shown + PAGE;
      run(false);
    });
    return button;
  }

  function showFacets(facets) {
    var focused = document.activeElement && document.activeElement.name && facetForm.contains(document.activeElement)
      ? document.activeElement.name + "=" + document.activeElement.value : "";
    var unfolded = Array.from(facetForm.querySelectorAll("details[open]"), function (part) { return part.dataset.key; });
    facetForm.replaceChildren();
    if (any()) {
      var clear = element("button", "link-button", "Rensa filter");
      clear.type = "button";
      clear.addEventListener("click", clearFilters);
      facetForm.append(clear);
    }
    FACETS.forEach(function (facet) {
      var values = facets[facet[0]] || [];
      if (values.length > 1 || state.filters[facet[0]]) facetForm.append(fieldset(facet[0], facet[1], values, unfolded));
    });
    panel.hidden = !facetForm.childNodes.length;
    facetForm.querySelectorAll("input").forEach(function (box) {
      if (box.name + "=" + box.value === focused) box.focus();
    });
  }

  function fieldset(key, title, values, unfolded) {
    var box = element("fieldset", "facet"), rest, picked = state.filters[key] || [];
    box.append(element("legend", "", title));
    values.forEach(function (entry, i) {
      if (i === SHOWN_VALUES && values.length > SHOWN_VALUES + 1) {
        rest = element("details");
        rest.dataset.key = key;
        rest.open = unfolded.indexOf(key) >= 0;
        rest.append(element("summary", "", "Fler (" + (values.length - i) + ")"));
        box.append(rest);
      }
      (rest || box).append(choice(key, entry, picked.indexOf(String(entry.value)) >= 0));
    });
    return box;
  }

  function choice(key, entry, on) {
    var label = element("label"), input = element("input");
    input.type = "checkbox";
    input.name = key;
    input.value = entry.value;
    input.checked = on;
    label.append(input, element("span", "", entry.label), element("span", "count", number(entry.count)));
    return label;
  }

  function chosen() {
    var filters = {};
    facetForm.querySelectorAll("input:checked").forEach(function (box) {
      (filters[box.name] = filters[box.name] || []).push(box.value);
    });
    return filters;
  }

  // Down and up walk from the field through the hits; Esc clears; / leads back to the field from anything but a field.
  function keys(event) {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    var at = document.activeElement, typing = /^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName);
    if (event.key === "/" && !(typing && at.type !== "checkbox")) {
      field.focus();
      field.select();
    } else if (event.key === "Escape" && (at === field || list.contains(at))) {
      field.value = "";
      state.filters = {};
      ask(false);
      field.focus();
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && (at === field || list.contains(at))) {
      var stops = [field].concat(Array.from(list.querySelectorAll("a, .more-hits")));
      var next = stops[stops.indexOf(at) + (event.key === "ArrowDown" ? 1 : -1)];
      if (!next) return;
      next.focus();
    } else return;
    event.preventDefault();
  }

  function anchor(url, words) {
    var link = element("a", "", words);
    link.href = root + url;
    return link;
  }

  function element(name, className, text) {
    var made = document.createElement(name);
    if (className) made.className = className;
    if (text) made.textContent = text;
    return made;
  }

  function shortened(words) { return words.length > 120 ? words.slice(0, 120) + " …" : words; }

  function number(n) { return String(n).replace(/\B(?=(\d{3})+$)/g, "\u00a0"); }
})();
