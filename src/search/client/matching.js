// Which units a word of a question matches, and how well: layer by layer, best first; as in matching.rs.

// Per unit what its own words give and what its document's heading gives, and the units that have words of their own.
class Matched {
  // Most words match little: an array of its own is made when something is written into it.
  constructor() { this.own = this.far = zeros; this.units = []; }

  open(what) { if (this[what] === zeros) this[what] = zeros.slice(); }

  set(unit, value) {
    if (this.own === zeros) this.open("own");
    if (!this.own[unit]) this.units.push(unit);
    if (value > this.own[unit]) this.own[unit] = value;
  }

  // Takes in lists' postings, valued by their impact from the least to the most of a layer.
  async add(lists, [low, high]) {
    const far = Math.floor((high * spec.context) / 100);
    for (const list of lists) {
      const postings = await postingsOf(list);
      for (let i = 0; i < postings.length; i += 2) {
        const from = postings[i], parts = postings[i + 1] >> 4, impact = postings[i + 1] & 15;
        this.set(from, impact ? low + Math.floor(((high - low) * impact) / 15) : far);
        if (parts) this.open("far");
        if (parts) for (let unit = from; unit <= from + parts; unit++) this.far[unit] = Math.max(this.far[unit], far);
      }
    }
    return this;
  }

  // Takes the better of both.
  join(other) {
    for (const unit of other.units) this.set(unit, other.own[unit]);
    if (other.far === zeros) return;
    this.open("far");
    for (let unit = 0; unit < zeros.length; unit++) this.far[unit] = Math.max(this.far[unit], other.far[unit]);
  }
}

// Verbs with a particle after them, as the stem of the word that both are in one: följa upp, uppföljning.
const particleVerbs = (words) => words.slice(1).map((word, i) => [i, word.term + stem(words[i].term)])
  .filter(([at]) => words[at].role === "wanted" && spec.particles.includes(words[at + 1].term));

async function evaluate(query) {
  const bands = spec.bands, marks = { stems: new Set(), parts: new Set() }, corrected = new Map();
  const adding = (lists, band) => new Matched().add(lists, band);

  // written: the word as it stands in the question, where term is the date that it means.
  async function layers(term, written, out) {
    const wanted = stem(term), ascii = /^[\0-\x7f]*$/.test(term);
    let lists = await lookup(fold(wanted));
    // Without diacritics more looks like an ending: radet for rådet is shortened too far.
    if (!lists.length && ascii) {
      lists = (await Promise.all(steps(term).map(lookup))).flat();
      const meant = lists.find((list) => !list.part && fold(list.label) === term);
      if (meant) corrected.set(term, meant.label);
    }
    const stemOfList = (list) => (list.part ? list.label : stem(list.label));
    const same = lists.filter((list) => stemOfList(list) === wanted), others = lists.filter((list) => stemOfList(list) !== wanted);
    for (const list of same) {
      await out.add([list], list.part ? bands.part : bare(list.label) === bare(written) ? bands.exact : bands.stem);
      if (list.part) marks.parts.add(wanted);
    }
    if (!same.length || ascii) {
      await out.add(others, bands.folded);
      others.forEach((list) => (list.part ? marks.parts : marks.stems).add(stemOfList(list)));
    }
    marks.stems.add(wanted);
  }

  const ofStem = async (key) => (await lookup(fold(key))).filter((list) => !list.part && stem(list.label) === key);
  const stemOnly = async (term) => adding(await ofStem(stem(term)), bands.stem);
  const known = async (part) => {
    const out = await (await stemOnly(part)).add(await ofStem(part), bands.stem);
    for (const [concept, names] of index.concepts.entries()) {
      if (names.includes(stem(part))) await out.add(await lookup("=" + concept), bands.synonym);
    }
    return out;
  };

  async function phrase(words) {
    // By unit the places where the row so far ends, and whether it stands just so.
    let rows;
    for (const { term } of words) {
      const wanted = stem(term), next = new Map();
      for (const list of await lookup(fold(wanted))) {
        const exact = list.label === term;
        if (list.part || !(exact || (words.length > 1 && stem(list.label) === wanted))) continue;
        await placesOf(list, (unit, place) => {
          const before = rows ? (rows.get(unit) || []).filter(([end]) => end + 1 === place) : [[0, true]];
          if (before.length) next.set(unit, (next.get(unit) || []).concat([[place, exact && before.some((row) => row[1])]]));
        });
      }
      marks.stems.add(wanted);
      rows = next;
    }
    const out = new Matched();
    rows.forEach((ends, unit) => out.set(unit, (ends.some((end) => end[1]) ? bands.exact : bands.stem)[1]));
    return out;
  }

  async function parts(term) {
    const out = new Matched(), least = spec.compound.asked, [, letters, digits] = /^(\p{Alphabetic}+)([0-9].*)/u.exec(term) || [];
    const both = (one, two) => {
      const [low, high] = bands.part;
      one.units.forEach((unit) => {
        const value = Math.min(one.own[unit], two.own[unit]);
        if (value) out.set(unit, low + Math.floor(((high - low) * value) / 1000));
      });
      return out;
    };
    if (letters) return both(await known(letters), await known(digits));
    if (term.length < spec.compound.word || !alphabetic(term)) return out;
    for (let cut = least; cut <= term.length - least; cut++) {
      const first = term.slice(0, cut), one = await known(first);
      if (!one.units.length) continue;
      const linked = spec.compound.links.includes(term[cut]) && cut + 1 + least <= term.length;
      for (const from of linked ? [cut, cut + 1] : [cut]) {
        const rest = term.slice(from), two = await known(rest);
        if (!two.units.length) continue;
        both(one, two);
        marks.stems.add(stem(first)).add(stem(rest));
      }
    }
    return out;
  }

  async function completions(term) {
    const out = new Matched();
    for (const form of await beginning(term)) {
      await out.add((await ofStem(stem(form))).filter((list) => list.label === form), bands.part);
      marks.stems.add(stem(form));
    }
    return out;
  }

  async function corrections(term) {
    const out = new Matched();
    for (const form of await near(term)) {
      await out.add(await ofStem(stem(form)), bands.typo);
      marks.stems.add(stem(form));
      if (!corrected.has(term)) corrected.set(term, form);
    }
    return out;
  }

  async function concepts(words, matches) {
    const asked = words.map((word) => stem(word.term));
    for (const [concept, names] of index.concepts.entries()) {
      const forms = names.map((form) => form.split(" ")), places = new Set();
      forms.forEach((form) => {
        for (let at = 0; at + form.length <= asked.length; at++) {
          if (form.every((part, i) => part === asked[at + i])) form.forEach((_, i) => places.add(at + i));
        }
      });
      if (!places.size) continue;
      const same = await adding(await lookup("=" + concept), bands.synonym);
      places.forEach((at) => matches[at].join(same));
      forms.forEach((form) => form.forEach((part) => { if (!spec.stop.includes(part)) marks.stems.add(part); }));
    }
  }

  async function joined(words, matches) {
    const unknown = matches.map((matched) => !matched.units.length), short = ({ term }) => /^(.|[0-9]+)$/u.test(term);
    for (let length = 2; length <= 3; length++) {
      for (let at = 0; at + length <= words.length; at++) {
        const row = words.slice(at, at + length);
        const parted = unknown.slice(at, at + length).includes(true) || row.slice(1).some(short) || row.slice(0, -1).some(({ term }) => /s$/.test(term));
        if (!parted || !row.every((word) => word.run === row[0].run && word.role === "wanted")) continue;
        const found = await formsOf(stem(row.map((word) => word.term).join("")), bands.exact);
        for (let i = at; i < at + length; i++) matches[i].join(found);
      }
    }
    for (const [at, wanted] of particleVerbs(words)) {
      const found = await formsOf(wanted, bands.synonym);
      matches.slice(at, at + 2).forEach((matched) => matched.join(found));
    }
  }

  async function formsOf(wanted, band) {
    const lists = await ofStem(wanted);
    if (lists.length) marks.stems.add(wanted);
    return adding(lists, band);
  }

  const { words, phrases } = query, without = [];
  for (const words_ of query.without) without.push((words_.length === 1 ? await stemOnly(words_[0].term) : await phrase(words_)).own);
  // What the question leaves out is not marked.
  marks.stems.clear();
  const onlyStops = !phrases.length && words.every((word) => word.role === "stop");
  const counts = (word) => word.role === "wanted" || onlyStops;
  const matches = words.map(() => new Matched());
  await Promise.all(words.filter(counts).map((word) => lookup(fold(stem(word.term)))));
  for (let at = 0; at < words.length; at++) {
    if (!counts(words[at])) continue;
    const { term, literal } = words[at];
    await layers(term, literal || term, matches[at]);
    if (literal) await layers(literal, literal, matches[at]);
    for (const kind of spec.kinds.filter((kind) => stem(kind) === stem(words[at].term))) {
      await matches[at].add(await lookup("#typ:" + kind), bands.exact);
    }
  }
  await concepts(words, matches);
  await joined(words, matches);
  for (let at = 0; at < words.length; at++) {
    const term = words[at].term;
    if (words[at].role !== "wanted" || matches[at].units.length) continue;
    const isLast = query.complete && at + 1 === words.length;
    let found = await parts(term);
    const begun = isLast ? term : stem(term);
    if (!found.units.length && (isLast || begun.length >= spec.complete.whole)) found = await completions(begun);
    if (!found.units.length || !isLast) found.join(await corrections(term));
    matches[at] = found;
  }
  const wanted = [];
  for (const words_ of phrases) wanted.push(await phrase(words_));
  words.forEach((word, at) => { if (counts(word)) wanted.push(matches[at]); });
  const meant = (word) => corrected.get(word.term) || word.term;
  const suggestion = corrected.size && words.map(meant).join(" ");
  return { wanted, marks, suggestion, without, meant };
}
