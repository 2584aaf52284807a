// Search in the browser: the same answers as the command line gives, from the shards that shards.rs writes.
//
// Plain ES2017 and no dependency. Everything is loaded with <script>, which is what works from a file share and under
// script-src 'self'. Nothing from the content is ever run or taken for HTML. Names and order follow the Rust modules:
// token and compose, stem, query, matching, ranking, answer. analysis.json comes with the manifest.
(function () {
  "use strict";
  const BLANK = /^[ \t\n\r\u00a0\u2009\u202f]*$/;
  const waiting = new Map();
  let spec, stems;

  window.samverkShard = (name, data) => waiting.get(name)(data);

  // ---- loading

  function loader(base) {
    const loaded = new Map();
    return (path, name) => {
      if (!loaded.has(name)) {
        loaded.set(name, new Promise((resolve, reject) => {
          waiting.set(name, resolve);
          const script = document.createElement("script");
          script.src = base + path;
          // A script that has run has resolved already, and the rejection says nothing.
          script.onload = script.onerror = () => { script.remove(); reject(Error(path)); };
          document.head.append(script);
        }).then(unpack));
        loaded.get(name).catch(() => loaded.delete(name));
      }
      return loaded.get(name);
    };
  }

  async function unpack(data) {
    const bytes = Uint8Array.from(atob(data), (c) => c.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    return new Uint8Array(await new Response(stream).arrayBuffer());
  }

  const utf8 = new TextDecoder();
  const json = (bytes) => JSON.parse(utf8.decode(bytes));

  // ---- words

  function rawsOf(text) {
    const out = [];
    for (const m of text.matchAll(/[\p{Alphabetic}\p{N}]+|§/gu)) {
      const t = m[0], kind = t === "§" ? "S" : /^[0-9]+$/.test(t) ? "N" : /[0-9]/.test(t) ? "M" : "W";
      out.push({ t, kind, start: m.index, end: m.index + t.length });
    }
    return out;
  }

  // Calls each(term, start, end, same) with every term; `same` when it stands in the place of the one before.
  function tokens(text, isText, each) {
    const raws = rawsOf(text);
    for (let i = 0; i < raws.length; i++) {
      const raw = raws[i], found = compose(text, raws.slice(i, i + 8));
      if (found) {
        i += found.runs - 1;
        if (!found.term) continue;
        const end = raws[i].end;
        each(found.term, raw.start, end, false);
        (isText ? found.wider || [] : []).concat(found.literal || []).forEach((term) => each(term, raw.start, end, true));
        continue;
      }
      each(raw.t.toLowerCase(), raw.start, raw.end, false);
      const next = raws[i + 1], sign = next && next.start === raw.end + 1 ? text[raw.end] : "";
      if (isText && raw.kind === "W") {
        camel(raw.t).forEach((part) => each(part.toLowerCase(), raw.start, raw.end, true));
        if (sign === "-" && next.kind === "W") each((raw.t + next.t).toLowerCase(), raw.start, next.end, true);
      }
      if (sign === ":" && spec.endings.has(next.t)) i++;
    }
  }

  function camel(word) {
    const parts = word.split(/(?<=[^0-9\p{Uppercase}])(?=\p{Uppercase})/u);
    return parts.length > 1 && parts.every((part) => part.length >= 3) ? parts : [];
  }

  // What several runs mean together; the same rules in the same order as compose.rs.
  function compose(text, raws) {
    const raw = (i) => raws[i] || { t: "" }, t = (i) => raw(i).t;
    const gap = (i) => (raws[i] && raws[i + 1] ? text.slice(raws[i].end, raws[i + 1].start) : "\0");
    const number = (i, min, max) => (raw(i).kind === "N" && t(i).length >= min && t(i).length <= max ? t(i) : null);
    const spaced = (g) => /[^.,]/.test(g) && BLANK.test(g.replace(/^[.,]/, ""));
    const month = (w) => spec.months.indexOf(w.toLowerCase()) + 1 || spec.shortMonths[w.toLowerCase()] || 0;
    const pad = (n) => String(n).padStart(2, "0");
    const monthOf = (runs, year, m) => (m >= 1 && m <= 12 && year >= "1800" && year < "2200"
      ? { runs, term: year + "-" + pad(m), wider: [year, spec.months[m - 1]] } : null);
    const date = (runs, year, m, d) => {
      m = Number(m); d = Number(d);
      const found = monthOf(runs, year, m);
      if (!found || d < 1 || d > new Date(year, m, 0).getDate()) return null;
      return { runs, term: found.term + "-" + pad(d), wider: [found.term].concat(found.wider, String(d)) };
    };
    const sign = (i) => raw(i).kind === "S";
    const section = (runs, n, wider) => ({ runs, term: "§" + n.toLowerCase(), wider: [wider.toLowerCase()] });
    const near = (i) => gap(i).length <= 1 && BLANK.test(gap(i));
    const digits = (i) => /N|M/.test(raw(i).kind);
    const plain = (w) => w.replace(/^0+/, "").toLowerCase() || "0";
    const blankBut = (g, sign_) => BLANK.test(g.replace(sign_, ""));
    const rule = (g) => /[-–./]/.test(g) && blankBut(g, /[-–./]/);

    const isoDate = () => {
      const year = number(0, 4, 4), m = year && rule(gap(0)) && number(1, 1, 2);
      if (!m) return null;
      const d = rule(gap(1)) && number(2, 1, 2);
      if (d) return date(3, year, m, d);
      return gap(0) === "-" && m.length === 2 && gap(1)[0] !== "-" ? monthOf(2, year, Number(m)) : null;
    };
    const writtenDate = () => {
      const d = number(0, 1, 2), m = d && month(t(1)), year = m && spaced(gap(0)) && spaced(gap(1)) && number(2, 4, 4);
      return year ? date(3, year, m, d) : null;
    };
    const slashDate = () => {
      const d = number(0, 1, 2), m = d && number(1, 1, 2), year = m && number(2, 4, 4);
      const fits = gap(0) === "/" ? gap(1).length <= 3 && blankBut(gap(1), /[-,/]/g) : gap(0) === "." && gap(1) === ".";
      return year && fits ? date(3, year, m, d) : null;
    };
    const compactDate = () => {
      const n = number(0, 6, 8);
      let year, rest;
      if (n && n.length === 6) { year = (n < "5" ? "20" : "19") + n.slice(0, 2); rest = n.slice(2); }
      else if (n && n.length === 8 && /^(19|20)/.test(n)) { year = n.slice(0, 4); rest = n.slice(4); }
      else return null;
      const binds = (c) => c !== "" && "-–/:".includes(c);
      if (binds(text[raws[0].start - 1] || "") || (gap(0).length === 1 && binds(gap(0)))) return null;
      const found = date(1, year, rest.slice(0, 2), rest.slice(2));
      if (found) found.literal = n;
      return found;
    };
    const sectionBefore = () => {
      if (sign(1) && near(0)) return section(2, t(0), t(0));
      return t(1).length === 1 && sign(2) && near(0) && near(1) ? section(3, t(0) + t(1), t(0)) : null;
    };
    const rounded = (runs, n) => ({
      runs, term: n,
      wider: [1e3, 1e5, 1e6].filter((unit) => n >= unit).flatMap((unit) => [0, 0.5].map((more) => String(Math.floor(n / unit + more) * unit)))
    });
    const amount = () => {
      let n = number(0, 1, 12), runs = 1;
      if (!n) return null;
      if (n.length <= 3) {
        const dotted = gap(0) === ".", joins = (g) => (dotted ? g === "." : g.length === 1 && g !== "\n" && BLANK.test(g));
        for (let group; (group = number(runs, 3, 3)) && joins(gap(runs - 1)); runs++) n += group;
        if (dotted && runs === 2) { n = t(0); runs = 1; }
      }
      const decimals = /^[.,]$/.test(gap(runs - 1)) && number(runs, 1, 3), after = runs + (decimals ? 1 : 0);
      const factor = BLANK.test(gap(after - 1)) && spec.multipliers[t(after).toLowerCase()];
      if (factor) {
        const shift = 10 ** (decimals ? decimals.length : 0), product = Number(n + (decimals || "")) * factor;
        return product % shift === 0 ? rounded(after + 1, String(product / shift)) : null;
      }
      return runs > 1 ? rounded(runs, n) : null;
    };
    const joined = (signs) => {
      let runs = 1, term = plain(t(0));
      for (; signs.includes(gap(runs - 1)) && digits(runs); runs++) term += gap(runs - 1) + plain(t(runs));
      return runs > 1 ? { runs, term, wider: raws.slice(0, runs).filter((_, i) => number(i, 4, 4)).map((r) => r.t) } : null;
    };

    if (sign(0)) return digits(1) && BLANK.test(gap(0)) ? section(2, t(1), t(1)) : { runs: 1 };
    if (!digits(0)) {
      const m = month(t(0)), year = m && spaced(gap(0)) && number(1, 4, 4);
      return year ? monthOf(2, year, m) : null;
    }
    if (raw(0).kind === "N") {
      return isoDate() || writtenDate() || slashDate() || compactDate() || sectionBefore() || amount() || joined([":", "/"]) || joined([".", ","]);
    }
    return sectionBefore() || joined([":", "/"]);
  }

  const fold = (text) => Array.from(text, (c) => spec.fold[c] || c).join("");
  const slug = (text) => fold(text.toLowerCase()).replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");
  const alphabetic = (text) => /^\p{Alphabetic}+$/u.test(text);

  // ---- stems: Snowball's Swedish algorithm between our own rules, as in stem.rs

  function stem(word) {
    let found = stems.get(word);
    if (found === undefined) stems.set(word, (found = stemOf(word)));
    return found;
  }

  // Without the s of a genitive.
  const bare = (word) => word.replace(/s$/, "");

  function stemOf(word) {
    if (new TextEncoder().encode(word).length < 3 || /[0-9]/.test(word) || word[0] === "§") return word;
    const rules = spec.stem, fixed = rules.words[word];
    if (fixed) return fixed;
    const rest_ = bare(word);
    const leaves = (ending, rule) => rest_.endsWith(ending) && rest_.length - 2 >= rule.rest
      && /[aeiouyåäö]/.test(rest_.slice(0, -2)) && !rule.keep.some((keep) => rest_.endsWith(keep));
    let indefinite = word;
    if (leaves("an", rules.an)) indefinite = rest_.slice(0, -1);
    else if (leaves("et", rules.et) && /[^aeiouyåäö]{2}et$/.test(rest_)) indefinite = rest_.slice(0, -2);
    const base = snowball(indefinite);
    for (const [ending, instead, rest] of rules.derived) {
      if (base.endsWith(ending) && base.length - ending.length >= rest) return base.slice(0, -ending.length) + instead;
    }
    return base;
  }

  function snowball(word) {
    const at = word.search(/[aeiouyåäö][^aeiouyåäö]/), endings = spec.stem.snowball;
    const p1 = word.length < 3 || at < 0 ? word.length : Math.max(at + 2, 3);
    const ends = (list) => list.find((ending) => word.slice(p1).endsWith(ending));
    const cut = (letters) => { word = word.slice(0, -letters); };
    const etFits = (rest) => rest.length > 2 && /[aeiouyåäö][^aeiouyåäö]$/.test(rest) && !endings.noEt.some((ending) => rest.endsWith(ending));
    const main = ends(endings.main);
    if (main) cut(main.length);
    else if (ends(["et"])) { if (etFits(word.slice(0, -2))) cut(2); }
    else if (ends(["s"])) {
      if (word.endsWith("ets") && etFits(word.slice(0, -3))) cut(3);
      else if (/[bcdfghjklmnoprtvy]s$/.test(word)) cut(1);
    }
    if (ends(endings.pairs)) cut(1);
    const last = ends(["lig", "ig", "els", "fullt"]);
    if (last) cut(last === "fullt" ? 1 : last.length);
    else if (ends(["öst"]) && /[iklnprtuv]öst$/.test(word)) cut(1);
    return word;
  }

  // ---- the question

  function parse(text) {
    const query = { text, words: [], phrases: [], without: [], filters: {}, notes: [], clauses: 0 };
    const whole = Array.from(text.normalize("NFC").replace(/\p{Cc}/gu, " "));
    let rest = whole.slice(0, spec.limits.signs).join(""), plain = "", run = 0;
    const read = (words) => {
      const out = [];
      tokens(words, false, (term, start, end, same) => {
        if (same) out[out.length - 1].literal = term;
        else out.push({ term, run, role: spec.questions.has(term) ? "question" : spec.stop.has(term) ? "stop" : "wanted" });
      });
      return out;
    };
    const clause = (list, words) => { if (query.clauses++ < spec.limits.words) list.push(words); };
    const flush = () => { read(plain).forEach((word) => clause(query.words, word)); plain = ""; run++; };
    const quoted = (s) => { const m = /^["”“„»«]([^"”“„»«]*)["”“„»«]/.exec(s); return m && [m[1], s.slice(m[0].length)]; };
    const chunk = (s) => { const m = /^[^][^\s"”“„»«]*/u.exec(s)[0]; return [m, s.slice(m.length)]; };
    while ((rest = rest.replace(/^\s+/, ""))) {
      const phrase = quoted(rest);
      if (phrase) {
        rest = phrase[1];
        if (!phrase[0].trim()) continue;
        flush();
        const words = read(phrase[0]);
        if (words.length) clause(query.phrases, words);
        run++;
        continue;
      }
      if (/^-\S/.test(rest)) {
        const [words, after] = quoted(rest.slice(1)) || chunk(rest.slice(1));
        rest = after;
        flush();
        const read_ = read(words);
        if (read_.length && query.without.length < spec.limits.words) query.without.push(read_);
        continue;
      }
      const [piece, after] = chunk(rest), colon = piece.indexOf(":"), facet = colon > 0 && spec.facets[piece.slice(0, colon).toLowerCase()];
      if (facet) {
        const value = quoted(rest.slice(colon + 1)) || (piece.length > colon + 1 && [piece.slice(colon + 1), after]);
        if (value) {
          rest = value[1];
          flush();
          (query.filters[facet] = query.filters[facet] || []).push(value[0]);
          continue;
        }
      }
      plain += piece + " ";
      rest = after;
    }
    flush();
    if (query.clauses > spec.limits.words || whole.length > spec.limits.signs) query.notes.push(spec.limits.note);
    return query;
  }

  // ---- the dictionary

  function numbers(bytes) {
    let at = 0;
    return {
      more: () => at < bytes.length,
      next() {
        let value = 0, factor = 1, byte;
        do { byte = bytes[at++]; value += (byte & 127) * factor; factor *= 128; } while (byte > 127);
        return value;
      },
      bytes(length) { at += length; return bytes.subarray(at - length, at); }
    };
  }

  // The last of sorted `list` that is not after `key`.
  function last(list, isAfter) {
    const at = list.findIndex(isAfter);
    return (at < 0 ? list.length : at) - 1;
  }

  const byText = (one, other) => (one < other ? -1 : one > other ? 1 : 0);

  class Dictionary {
    constructor(manifest, load) {
      Object.assign(this, manifest);
      this.load = (name) => load(manifest.generation + "/" + name + ".js", manifest.generation + "/" + name);
      this.entries = new Map();
    }

    // A shard of the dictionary as a map from key to lists.
    async shard(at) {
      if (!this.entries.has(at)) {
        this.entries.set(at, this.load("l" + at).then((bytes) => {
          const read = numbers(bytes), out = new Map();
          let key = [];
          while (read.more()) {
            key = Uint8Array.of(...key.slice(0, read.next()), ...read.bytes(read.next()));
            const lists = [];
            for (let n = read.next(); n > 0; n--) {
              const flags = read.next(), label = utf8.decode(read.bytes(read.next())), count = read.next();
              const place = () => ({ shard: read.next(), offset: read.next(), length: read.next() });
              const postings = flags & 2 ? place() : read.bytes(read.next());
              lists.push({ part: (flags & 1) === 1, label, count, postings, positions: flags & 4 ? place() : null });
            }
            out.set(utf8.decode(key), lists);
          }
          return out;
        }));
      }
      return this.entries.get(at);
    }

    async lookup(key) {
      const at = last(this.dictionary, (first) => key < first);
      return (at >= 0 && (await this.shard(at)).get(key)) || [];
    }

    // The bytes at a place, or those that stand in its stead.
    async bytes(kind, place) {
      if (!place || place instanceof Uint8Array) return place || new Uint8Array(0);
      return (await this.load(kind + place.shard)).subarray(place.offset, place.offset + place.length);
    }

    // Calls each(unit, impact, parts) with the postings of a list.
    async postings(list, each) {
      const read = numbers(await this.bytes("p", list.postings));
      for (let unit = -1; read.more();) {
        const word = read.next(), more = word % 16 ? 0 : read.next();
        unit += Math.floor(word / 16);
        each(unit, word % 16 || more % 16, Math.floor(more / 16));
      }
    }

    async positions(list) {
      const read = numbers(await this.bytes("q", list.positions)), out = [];
      for (let place = 0; read.more();) {
        const word = read.next();
        if (word & 1) { out.push([]); place = 0; }
        place += word >> 1;
        out[out.length - 1].push(place);
      }
      return out;
    }

    // Forms that begin with `prefix`, the most used of the first keys that may have them.
    async beginning(prefix) {
      const folded = fold(prefix), out = [];
      let left = spec.complete.keys;
      for (let at = Math.max(0, last(this.dictionary, (first) => folded < first)); at < this.dictionary.length && left > 0; at++) {
        if (this.dictionary[at] >= folded && !this.dictionary[at].startsWith(folded)) break;
        for (const [key, lists] of await this.shard(at)) {
          const forms = lists.filter((list) => !list.part);
          if (left > 0 && forms.length && key.startsWith(folded)) {
            left--;
            forms.forEach((list) => { if (fold(list.label).startsWith(folded)) out.push([list.label, list.count]); });
          }
        }
      }
      out.sort((a, b) => b[1] - a[1] || byText(a[0], b[0]));
      return out.slice(0, spec.complete.most).map(([form]) => form).sort();
    }

    // The nearest forms within an edit or two.
    async near(word) {
      const letters = word.length, { one, two, most } = spec.typo;
      const allowed = !alphabetic(word) || letters < one ? 0 : letters < two ? 1 : 2;
      if (!allowed) return [];
      const letter = fold(word)[0];
      const drawer = (more) => letter + String(letters + more).padStart(2, "0"), shards = [];
      const from = Math.max(0, last(this.typos, (first) => first >= drawer(-allowed)));
      for (let at = from; at < this.typos.length && this.typos[at] <= drawer(allowed); at++) shards.push(this.load("t" + at));
      const found = [];
      (await Promise.all(shards)).forEach((bytes) => json(bytes).forEach(([form, count]) => {
        if (Math.abs(form.length - letters) > allowed || fold(form)[0] !== letter) return;
        const edits = distance(word, form, allowed);
        if (edits <= allowed) found.push({ form, count, edits });
      }));
      found.sort((a, b) => a.edits - b.edits || b.count - a.count || byText(a.form, b.form));
      return found.filter((near) => near.edits === found[0].edits).slice(0, most).map((near) => near.form);
    }

    // The unit as it is shown.
    async record(unit) {
      const [sheets, units] = json(await this.load("b" + Math.floor(unit / this.blockUnits)));
      const [sheet, kind, anchor, title, text] = units[unit % this.blockUnits];
      const [id, url, context, body, date, status] = sheets[sheet], hash = anchor === null ? "" : "#" + anchor;
      return { sheet: id, id: id + hash, url: url + hash, context, body, date, status, kind: spec.kinds[kind], anchor, title: title || context, text };
    }
  }

  function distance(one, other, most) {
    let older, old = [...Array(other.length + 1).keys()];
    for (let i = 1; i <= one.length; i++) {
      const row = [i];
      for (let j = 1; j <= other.length; j++) {
        row[j] = Math.min(old[j - 1] + (one[i - 1] !== other[j - 1]), old[j] + 1, row[j - 1] + 1);
        if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) row[j] = Math.min(row[j], older[j - 2] + 1);
      }
      if (Math.min(...row) > most) break;
      older = old;
      old = row;
      if (i === one.length) return old[other.length];
    }
    return most + 1;
  }

  // ---- matching

  class Matched {
    constructor(units) { this.units = units; this.having = 0; }

    // Most words match little: the arrays are made when something does.
    open() {
      if (!this.own) { this.own = new Uint16Array(this.units); this.far = new Uint16Array(this.units); }
    }

    set(unit, value) {
      if (!this.own[unit]) this.having++;
      if (value > this.own[unit]) this.own[unit] = value;
    }

    async add(dictionary, list, [low, high]) {
      const far = Math.floor((high * spec.context) / 100), values = [far];
      for (let impact = 1; impact < 16; impact++) values.push(low + Math.floor(((high - low) * impact) / 15));
      this.open();
      await dictionary.postings(list, (unit, impact, parts) => {
        this.set(unit, values[impact]);
        if (parts) for (let at = unit; at <= unit + parts; at++) if (far > this.far[at]) this.far[at] = far;
      });
    }

    join(other) {
      if (!other.having) return;
      this.open();
      for (let i = 0; i < this.units; i++) {
        if (other.own[i]) this.set(i, other.own[i]);
        if (other.far[i] > this.far[i]) this.far[i] = other.far[i];
      }
    }
  }

  // Verbs with a particle after them, as the stem of the word that both are in one: följa upp, uppföljning.
  const particleVerbs = (words) => words.slice(1).map((word, i) => [i, word.term + stem(words[i].term)])
    .filter(([at]) => words[at].role === "wanted" && spec.particles.has(words[at + 1].term));

  async function evaluate(query, dictionary) {
    const bands = spec.bands, marks = { stems: new Set(), parts: new Set() }, corrected = new Map();
    const nothing = () => new Matched(dictionary.units);
    const addAll = async (out, lists, band) => {
      for (const list of lists) await out.add(dictionary, list, band);
      return out;
    };

    async function layers(term, out) {
      const wanted = stem(term), lists = await dictionary.lookup(fold(wanted));
      const stemOfList = (list) => (list.part ? list.label : stem(list.label));
      const same = lists.filter((list) => stemOfList(list) === wanted), others = lists.filter((list) => stemOfList(list) !== wanted);
      for (const list of same) {
        await addAll(out, [list], list.part ? bands.part : bare(list.label) === bare(term) ? bands.exact : bands.stem);
        if (list.part) marks.parts.add(wanted);
      }
      if (!same.length || /^[\0-\x7f]*$/.test(term)) {
        await addAll(out, others, bands.folded);
        others.forEach((list) => (list.part ? marks.parts : marks.stems).add(stemOfList(list)));
      }
      marks.stems.add(wanted);
    }

    const ofStem = async (key) => (await dictionary.lookup(fold(key))).filter((list) => !list.part && stem(list.label) === key);
    const stemOnly = async (term) => addAll(nothing(), await ofStem(stem(term)), bands.stem);
    const known = async (part) => addAll(await stemOnly(part), await ofStem(part), bands.stem);

    async function phrase(words) {
      let rows = null;
      for (const word of words) {
        const wanted = stem(word.term), places = new Map();
        for (const list of await dictionary.lookup(fold(wanted))) {
          const exact = list.label === word.term;
          if (list.part || !(exact || (words.length > 1 && stem(list.label) === wanted))) continue;
          const positions = await dictionary.positions(list);
          let at = 0;
          await dictionary.postings(list, (unit) => {
            if (!places.has(unit)) places.set(unit, []);
            (positions[at++] || []).forEach((place) => places.get(unit).push([place, exact]));
          });
        }
        marks.stems.add(wanted);
        if (!rows) { rows = places; continue; }
        const next = new Map();
        rows.forEach((row, unit) => {
          const on = (places.get(unit) || []).map(([place, exact]) => {
            const prior = row.filter(([at]) => at + 1 === place);
            return prior.length ? [place, exact && prior.some((p) => p[1])] : null;
          }).filter(Boolean);
          if (on.length) next.set(unit, on);
        });
        rows = next;
      }
      const out = nothing();
      out.open();
      if (rows) rows.forEach((row, unit) => out.set(unit, (row.some((place) => place[1]) ? bands.exact : bands.stem)[1]));
      return out;
    }

    async function parts(term) {
      const out = nothing(), least = spec.compound.part;
      if (term.length < spec.compound.word || !alphabetic(term)) return out;
      for (let cut = least; cut <= term.length - least; cut++) {
        const first = term.slice(0, cut), one = await known(first);
        if (!one.having) continue;
        const linked = spec.compound.links.includes(term[cut]) && cut + 1 + least <= term.length;
        for (const from of linked ? [cut, cut + 1] : [cut]) {
          const rest = term.slice(from), two = await known(rest);
          if (!two.having) continue;
          const [low, high] = bands.part;
          out.open();
          one.own.forEach((value, unit) => {
            value = Math.min(value, two.own[unit]);
            if (value) out.set(unit, low + Math.floor(((high - low) * value) / 1000));
          });
          marks.stems.add(stem(first)).add(stem(rest));
        }
      }
      return out;
    }

    async function completions(term) {
      const out = nothing();
      for (const form of await dictionary.beginning(term)) {
        await addAll(out, (await ofStem(stem(form))).filter((list) => list.label === form), bands.part);
        marks.stems.add(stem(form));
      }
      return out;
    }

    async function corrections(term) {
      const out = nothing();
      for (const form of await dictionary.near(term)) {
        await addAll(out, await ofStem(stem(form)), bands.typo);
        marks.stems.add(stem(form));
        if (!corrected.has(term)) corrected.set(term, form);
      }
      return out;
    }

    async function concepts(words, matches) {
      const asked = words.map((word) => stem(word.term));
      for (let concept = 0; concept < dictionary.concepts.length; concept++) {
        const forms = dictionary.concepts[concept].map((form) => form.split(" ")), places = new Set();
        forms.forEach((form) => {
          for (let at = 0; at + form.length <= asked.length; at++) {
            if (form.every((part, i) => part === asked[at + i])) form.forEach((_, i) => places.add(at + i));
          }
        });
        if (!places.size) continue;
        const same = await addAll(nothing(), await dictionary.lookup("=" + concept), bands.synonym);
        places.forEach((at) => matches[at].join(same));
        forms.forEach((form) => form.forEach((part) => { if (!spec.stop.has(part)) marks.stems.add(part); }));
      }
    }

    async function joined(words, matches) {
      const unknown = matches.map((matched) => !matched.having), short = (word) => word.term.length === 1 || /^[0-9]+$/.test(word.term);
      for (let length = 2; length <= 3; length++) {
        for (let at = 0; at + length <= words.length; at++) {
          const row = words.slice(at, at + length);
          if (!unknown.slice(at, at + length).includes(true) && !row.slice(1).some(short)) continue;
          if (!row.every((word) => word.run === row[0].run && word.role === "wanted")) continue;
          const found = await formsOf(stem(row.map((word) => word.term).join("")), bands.part);
          for (let i = at; i < at + length; i++) matches[i].join(found);
        }
      }
      for (const [at, wanted] of particleVerbs(words)) matches[at].join(await formsOf(wanted, bands.synonym));
    }

    async function formsOf(wanted, band) {
      const lists = await ofStem(wanted);
      if (lists.length) marks.stems.add(wanted);
      return addAll(nothing(), lists, band);
    }

    const { words, phrases } = query;
    const onlyStops = !phrases.length && words.every((word) => word.role === "stop");
    const counts = (word) => word.role === "wanted" || onlyStops;
    const matches = words.map(nothing);
    await Promise.all(words.filter(counts).map((word) => dictionary.lookup(fold(stem(word.term)))));
    for (let at = 0; at < words.length; at++) {
      if (!counts(words[at])) continue;
      await layers(words[at].term, matches[at]);
      if (words[at].literal) await layers(words[at].literal, matches[at]);
      for (const kind of spec.kinds.filter((kind) => stem(kind) === stem(words[at].term))) {
        await addAll(matches[at], await dictionary.lookup("#typ:" + kind), bands.exact);
      }
    }
    await concepts(words, matches);
    await joined(words, matches);
    for (let at = 0; at < words.length; at++) {
      const term = words[at].term;
      if (words[at].role !== "wanted" || matches[at].having) continue;
      const isLast = query.complete && at + 1 === words.length;
      let found = await parts(term);
      if (!found.having && isLast) found = await completions(term);
      if (!found.having || !isLast) found.join(await corrections(term));
      matches[at] = found;
    }
    const wanted = [];
    for (const words_ of phrases) wanted.push(await phrase(words_));
    words.forEach((word, at) => { if (counts(word)) wanted.push(matches[at]); });
    const meant = (word) => corrected.get(word.term) || word.term;
    const suggestion = corrected.size && words.map(meant).join(" ");
    // What the question leaves out is not marked.
    const shown = { ...marks, stems: new Set(marks.stems) }, without = [];
    for (const words_ of query.without) without.push((words_.length === 1 ? await stemOnly(words_[0].term) : await phrase(words_)).own || []);
    return { wanted, marks: shown, suggestion, without, meant };
  }

  // ---- ranking

  function rank(search, dictionary, leads, admits, most) {
    const { wanted } = search, units = dictionary.units;
    if (!wanted.length) {
      const listed = leads.asked.filter(admits);
      return { ranked: listed.map((unit) => ({ unit, missing: 0, score: 1000 })), matched: listed };
    }
    wanted.forEach((word) => word.open());
    const owns = wanted.map((word) => word.own), fars = wanted.map((word) => word.far);
    const rarity = wanted.map(({ having }) => Math.round(1000 * Math.log(1 + (units - having + 0.5) / (having + 0.5))));
    const all = rarity.reduce((sum, value) => sum + value, 0), lead = new Set(leads.named.concat(leads.asked));
    const better = (a, b) => a.missing - b.missing || b.score - a.score || a.unit - b.unit;
    const found = (least) => {
      const matched = [], ranked = [];
      for (let unit = 0; unit < units; unit++) {
        let missing = 0, weight = 0, score = 0, any = 0, i;
        for (i = 0; i < owns.length; i++) any |= owns[i][unit];
        if (!any) continue;
        for (i = 0; i < owns.length; i++) {
          const own = owns[i][unit], far = fars[i][unit], value = Math.max(own, far) + (Math.min(own, far) >> 3);
          if (value) { weight += rarity[i]; score += rarity[i] * value; } else missing++;
        }
        if (weight * 100 < all * least || !admits(unit)) continue;
        if (lead.has(unit)) score += all * 1000;
        else if (unit >= dictionary.registers) score = Math.floor((score * spec.register) / 100);
        matched.push(unit);
        ranked.push({ unit, missing, score });
        if (ranked.length >= most * 4) { ranked.sort(better); ranked.length = most; }
      }
      return { matched, ranked: ranked.sort(better).slice(0, most) };
    };
    const enough = found(spec.enough);
    return enough.matched.length || wanted.some((word) => !word.having) ? enough : found(spec.few);
  }

  // ---- excerpts

  const escape = (text) => text.replace(/[&<>"']/g, (c) => "&#" + c.charCodeAt(0) + ";");

  function excerpt(text, marks) {
    const words = [], { window, lead } = spec.limits;
    tokens(text, true, (term, start, end) => {
      const base = spec.stop.has(term) ? null : stem(term);
      const marked = base !== null && (marks.stems.has(base) || [...marks.parts].some((part) => base.includes(part)));
      const before_ = words[words.length - 1];
      if (before_ && start < before_.end) before_.marked = before_.marked || marked;
      else words.push({ start, end, marked });
    });
    if (!words.length) return escape(text);
    let from = 0;
    if (words.length > window) {
      let best = 0, first = 0;
      words.forEach((word, at) => {
        const count = word.marked ? words.slice(at, at + window - lead).filter((other) => other.marked).length : 0;
        if (count > best) { best = count; first = at; }
      });
      from = Math.max(0, first - lead);
    }
    const to = Math.min(words.length, from + window);
    let at = from ? words[from].start : 0, out = from ? "… " : "";
    for (const word of words.slice(from, to)) {
      const shown = escape(text.slice(word.start, word.end));
      out += escape(text.slice(at, word.start)) + (word.marked ? "<mark>" + shown + "</mark>" : shown);
      at = word.end;
    }
    return out + (to < words.length ? " …" : escape(text.slice(at)));
  }

  // ---- the answer

  const layer = (value) => spec.layers.find((name) => value >= spec.bands[name][0]) || "context";

  async function ask(dictionary, text, options, wanted) {
    const query = parse(text);
    query.complete = options.complete;
    Object.keys(options.filters || {}).forEach((key) => {
      const facet = spec.facets[key.toLowerCase()];
      if (facet) query.filters[facet] = (query.filters[facet] || []).concat(options.filters[key]);
    });
    const search = await evaluate(query, dictionary);
    const unitsOf = async (key) => {
      const out = [];
      for (const list of await dictionary.lookup(key)) await dictionary.postings(list, (unit) => out.push(unit));
      return out;
    };
    const leads = { named: [], asked: [] }, stemsOf = (words) => words.map((word) => stem(search.meant(word)));
    const named = (words) => unitsOf("~" + stemsOf(words).map(fold).join(" "));
    if (query.words.length && !query.phrases.length) {
      const wanted = query.words.map((word) => word.role === "wanted");
      const inner = query.words.slice(wanted.indexOf(true), wanted.lastIndexOf(true) + 1);
      leads.named = await named(query.words);
      if (!leads.named.length && wanted.includes(true)) leads.named = await named(inner);
    }
    if (query.words.some((word) => word.role === "question")) {
      const joined = particleVerbs(query.words).map((pair) => pair[1]);
      for (const base of stemsOf(query.words).concat(joined)) leads.asked.push(...await unitsOf("?" + base));
    }
    const filters = await resolve(dictionary, query.filters), masks = [];
    for (const facet of Object.keys(filters)) {
      masks.push(await having(dictionary, facet, filters[facet]));
    }
    const admits = (unit) => masks.every((mask) => mask[unit]) && !search.without.some((own_) => own_[unit]);
    let result;
    if (!search.wanted.length && !leads.asked.length && masks.length) {
      const matched = [];
      for (let unit = 0; unit < dictionary.units; unit++) if (admits(unit)) matched.push(unit);
      result = { matched, ranked: matched.map((unit) => ({ unit, missing: 0, score: 0 })) };
    } else {
      result = rank(search, dictionary, leads, admits, wanted * spec.group + spec.limits.spare);
    }
    return Object.assign(result, { query, search, filters, leads });
  }

  // The units with any of a facet's `values`.
  async function having(dictionary, facet, values) {
    const out = new Uint8Array(dictionary.units);
    for (const value of values) {
      for (const list of await dictionary.lookup("#" + facet + ":" + value)) {
        await dictionary.postings(list, (unit, impact, parts) => out.fill(1, unit, unit + parts + 1));
      }
    }
    return out;
  }

  // Filters with their values as keys: organ:LCHNV means lanschefsnatverket.
  async function resolve(dictionary, filters) {
    const out = {}, names = Object.keys(filters).length ? json(await dictionary.load("f")) : [];
    for (const facet of Object.keys(filters)) {
      const known = names.filter((row) => row[0] === facet);
      out[facet] = filters[facet].map((value) => {
        const wanted = slug(value), matches = (test) => known.find((row) => row.slice(1).some((name) => test(slug(name))));
        const found = matches((name) => name === wanted) || matches((name) => name.startsWith(wanted));
        return found ? found[1] : value;
      });
    }
    return out;
  }

  // At most a few of each document, a document's hits together, its own unit after its parts.
  async function choose(dictionary, { ranked, leads }, limit) {
    const groups = new Map();
    let count = 0;
    for (let at = 0; at < ranked.length && count < limit;) {
      const some = ranked.slice(at, at + limit - count);
      at += some.length;
      (await Promise.all(some.map((row) => dictionary.record(row.unit)))).forEach((record, i) => {
        if (!groups.has(record.sheet)) groups.set(record.sheet, { rows: [], more: 0 });
        const group = groups.get(record.sheet);
        if (group.rows.length < spec.group) { group.rows.push({ ranked: some[i], record }); count++; } else group.more++;
      });
    }
    const out = [];
    const yields = ({ ranked: { unit }, record }) => (record.kind === "uppdrag" || record.kind === "möte") && !leads.named.includes(unit);
    groups.forEach(({ rows, more }) => {
      const ordered = rows.filter((row) => !yields(row)).concat(rows.filter(yields));
      if (more) ordered[ordered.length - 1].more = more;
      out.push(...ordered);
    });
    return out;
  }

  function hit({ ranked, record, more }, search) {
    const { body, status } = record, values = search.wanted.map((word) => Math.max(word.own[ranked.unit], word.far[ranked.unit])).filter(Boolean);
    return Object.assign({
      id: record.id, url: record.url, kind: record.kind, title: record.title, context: record.anchor === null ? null : record.context,
      organ: body && body[0], organName: body && body[1], date: record.date, status: status && { key: status[0], label: status[1] },
      score: ranked.score / 1e6, layer: layer(values.length ? Math.min(...values) : 0), excerpt: excerpt(record.text, search.marks)
    }, more && { more });
  }

  async function answer(dictionary, text, options) {
    const offset = options.offset || 0, limit = offset + (options.limit || 10);
    const found = await ask(dictionary, text, options, limit);
    const chosen = (await choose(dictionary, found, limit)).slice(offset);
    const { suggestion } = found.search;
    return {
      query: text, total: found.matched.length, suggestions: suggestion && suggestion !== text ? [suggestion] : [],
      notes: found.query.notes, filters: found.filters, hits: chosen.map((row) => hit(row, found.search))
    };
  }

  async function facets(dictionary, text, options) {
    const { matched } = await ask(dictionary, text, options, 0), isMatched = new Uint8Array(dictionary.units), out = {};
    matched.forEach((unit) => { isMatched[unit] = 1; });
    await Promise.all(json(await dictionary.load("f")).map(async ([facet, value, label]) => {
      let count = 0;
      (await having(dictionary, facet, [value])).forEach((has, unit) => { count += has & isMatched[unit]; });
      if (count) (out[facet] = out[facet] || []).push({ value, label, count });
    }));
    Object.keys(out).forEach((key) => out[key].sort((a, b) => b.count - a.count || byText(a.value, b.value)));
    return out;
  }

  // base: path from the page to the folder of the shards, with its final slash. Nothing is loaded before the first question.
  window.samverkSearch = function (base) {
    const load = loader(base);
    let opened;
    const open = () => {
      opened = opened || load("manifest.js", "manifest").then((bytes) => {
        const manifest = json(bytes);
        spec = manifest.spec;
        stems = new Map();
        ["stop", "questions", "endings", "particles"].forEach((name) => { spec[name] = new Set(spec[name]); });
        // No word may be looked up among what every object has.
        [spec.fold, spec.facets, spec.multipliers, spec.shortMonths, spec.stem.words].forEach((table) => Object.setPrototypeOf(table, null));
        return new Dictionary(manifest, load);
      });
      opened.catch(() => { opened = null; });
      return opened;
    };
    return {
      query: async (text, options) => answer(await open(), text, options || {}),
      facets: async (text, options) => facets(await open(), text, options || {})
    };
  };
})();
