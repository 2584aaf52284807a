// Words of a text, and what several runs of letters and digits mean together; the rules of token.rs and compose.rs.

const pad = (n) => String(n).padStart(2, "0");
const BLANK = /^[ \t\n\r\u00a0\u2009\u202f]*$/;

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
  const spaced = (g) => /[^.,]/.test(g) && BLANK.test(g.replace(/^[.,]/, ""));
  const month = (w) => spec.months.indexOf(w.toLowerCase()) + 1 || spec.shortMonths[w.toLowerCase()] || 0;
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
    return d ? date(3, year, m, d) : gap(0) === "-" && m.length === 2 && gap(1)[0] !== "-" ? monthOf(2, year, Number(m)) : null;
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
    const [, year, m, d] = /^((?:19|20)?\d\d)(\d\d)(\d\d)$/.exec(t(0)) || [], binds = (c) => /^[-–/:]$/.test(c);
    if (!year || binds(text[raws[0].start - 1]) || binds(gap(0))) return null;
    const found = date(1, year.length > 2 ? year : (year < "5" ? "20" : "19") + year, m, d);
    if (found) found.literal = t(0);
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
