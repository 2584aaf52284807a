// Words of a text, and what several runs of letters and digits mean together; the rules of token.rs and compose.rs.

const pad = (n) => String(n).padStart(2, "0");
const BLANKS = "[ \t\n\r\u00a0\u2009\u202f]", BLANK = RegExp("^" + BLANKS + "*$");
// What may stand between the runs of a date, by the signs that analysis.json has for it.
const GAPS = {};
Object.entries({ r: "_*[-–./]_*", "~": "[.,]?_+", q: "_*[-–’']", Q: "_+[-–’']", ",": "(_|[-,/]){1,3}", n: "[^-][^]*" })
  .forEach(([sign, gap]) => { GAPS[sign] = RegExp("^" + gap.replace(/_/g, BLANKS) + "$"); });

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
      const also = (isText && found.wider || []).concat(found.literal || []);
      [found.term, ...also].forEach((term, at) => each(term, raw.start, raws[i].end, at > 0));
      continue;
    }
    each(raw.t.toLowerCase(), raw.start, raw.end, false);
    const next = raws[i + 1], sign = next && next.start === raw.end + 1 ? text[raw.end] : "";
    if (isText && raw.kind === "W") {
      camel(raw.t).forEach((part) => each(part.toLowerCase(), raw.start, raw.end, true));
      if (sign === "-" && next.kind === "W") each((raw.t + next.t).toLowerCase(), raw.start, next.end, true);
    }
    if (sign === ":" && spec.endings.includes(next.t)) i++;
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
  const month = (w) => spec.months.indexOf(w.toLowerCase()) + 1 || spec.shortMonths[w.toLowerCase()];
  const isYear = (n) => n.length === 4 && n >= "1800" && n < "2200";
  const date = (runs, year, m, d) => {
    if (year.length < 4) year = (year < "5" ? "20" : "19") + year;
    if (!isYear(year) || m < 1 || m > 12 || d < 1 || d > new Date(year, m, 0).getDate()) return null;
    const term = year + "-" + pad(m), wider = [year, spec.months[m - 1]];
    return d ? { runs, term: term + "-" + pad(d), wider: [term, ...wider, String(Number(d)), Number(d) + "/" + Number(m)] } : { runs, term, wider };
  };
  const sign = (i) => raw(i).kind === "S";
  const section = (runs, n, wider) => ({ runs, term: "§" + n.toLowerCase(), wider: [wider.toLowerCase()] });
  const near = (i) => gap(i).length <= 1 && BLANK.test(gap(i));
  const digits = (i) => /N|M/.test(raw(i).kind);
  const plain = (w) => w.replace(/^0+/, "").toLowerCase() || "0";

  // A form by turns a run and what stands after it; see analysis.json.
  const dated = (form) => {
    const found = {};
    const fits = Array.from(form).every((sign, i) => {
      const at = i >> 1, kind = sign.toLowerCase();
      if (i & 1) return GAPS[sign] ? GAPS[sign].test(gap(at)) : gap(at) === sign;
      return (found[kind] = kind === "w" ? month(t(at)) : kind === "o" ? /^[ea]$/.test(t(at)) : sign === "Y" ? number(at, 4, 4) : number(at, sign === kind ? 2 : 1, 2));
    });
    return fits ? date((form.length + 1) >> 1, found.y, found.w || found.m, found.d) : null;
  };
  const compactDate = () => {
    const [, year, m, d] = /^((?:19|20)?\d\d)(\d\d)(\d\d)$/.exec(t(0)) || [], binds = (c) => /^[-–/:]$/.test(c);
    if (!year || binds(text[raws[0].start - 1]) || binds(gap(0))) return null;
    const found = date(1, year, m, d);
    if (found) found.literal = t(0);
    return found;
  };
  const sectionBefore = () => {
    if (sign(1) && near(0)) return section(2, t(0), t(0));
    return t(1).length === 1 && sign(2) && near(0) && near(1) ? section(3, t(0) + t(1), t(0)) : null;
  };
  const rounded = (runs, n) => ({
    runs, term: n,
    wider: [1e3, 1e4, 1e5, 1e6].filter((unit) => n >= unit).flatMap((unit) => [0, 0.5].map((more) => String(Math.floor(n / unit + more) * unit)))
  });
  const amount = () => {
    let n = number(0, 1, 12), runs = 1;
    if (n && n.length <= 3) {
      const dotted = gap(0) === ".", joins = (g) => (dotted ? g === "." : g.length === 1 && g !== "\n" && BLANK.test(g));
      for (let group; (group = number(runs, 3, 3)) && joins(gap(runs - 1)); runs++) n += group;
      if (dotted && runs === 2) { n = t(0); runs = 1; }
    }
    const decimals = /^[.,]$/.test(gap(runs - 1)) && number(runs, 1, 3), after = runs + (decimals ? 1 : 0);
    const factor = n && BLANK.test(gap(after - 1)) && spec.multipliers[t(after).toLowerCase()];
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

  const registerNumber = () => {
    const year = gap(0) === "-" && number(0, 4, 4), n = year && isYear(year) && number(1, 3, 6);
    return n && !isYear(n) ? { runs: 2, term: year + "/" + plain(n), wider: [year] } : null;
  };

  if (sign(0)) {
    if (!digits(1) || !BLANK.test(gap(0))) return { runs: 1 };
    return gap(1) === " " && /^[a-h]$/.test(t(2)) ? section(3, t(1) + t(2), t(1)) : section(2, t(1), t(1));
  }
  for (const form of digits(0) || month(t(0)) ? spec.dates : []) {
    const found = dated(form);
    if (found) return found;
  }
  if (!digits(0)) return null;
  if (raw(0).kind === "N") {
    return compactDate() || sectionBefore() || amount() || registerNumber() || joined([":", "/"]) || joined([".", ","]);
  }
  return sectionBefore() || joined([":", "/"]);
}

const fold = (text) => Array.from(text, (c) => spec.fold[c] || c).join("");
const slug = (text) => fold(text.toLowerCase()).replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");
const alphabetic = (text) => /^\p{Alphabetic}+$/u.test(text);
