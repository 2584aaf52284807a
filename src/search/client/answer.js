// The answer to a question, as answer.rs gives it, and the one name that pages know: samverkSearch.

async function ask(text, options, wanted) {
  const query = parse(text);
  query.complete = options.complete;
  for (const [key, values] of Object.entries(options.filters || {})) {
    const facet = spec.facets[key.toLowerCase()];
    if (facet) query.filters[facet] = (query.filters[facet] || []).concat(values);
  }
  const search = await evaluate(query);
  const unitsOf = async (key) => {
    const out = [];
    for (const list of await lookup(key)) out.push(...(await postingsOf(list)).filter((_, i) => !(i & 1)));
    return out;
  };
  const leads = { named: [], asked: [] }, meant = query.words.map(search.meant), stems_ = meant.map(stem);
  const asked = meant.filter((_, at) => query.words[at].role === "wanted");
  const named = (words) => unitsOf("~" + words.map((word) => fold(stem(word))).join(" "));
  if (asked.length && !query.phrases.length) {
    leads.named = await named(asked);
    if (!leads.named.length) leads.named = await named([asked.join("")]);
  }
  if (query.words.some((word) => word.role === "question")) {
    const joined = particleVerbs(query.words).map((pair) => pair[1]);
    for (const base of stems_.concat(joined)) leads.asked.push(...await unitsOf("?" + base));
  }
  const filters = await resolve(query.filters), masks = [];
  for (const [facet, values] of Object.entries(filters)) masks.push(await having(facet, values));
  const admits = (unit) => masks.every((mask) => mask[unit]) && !search.without.some((own) => own[unit]);
  let result;
  if (search.wanted.length) result = rank(search, leads, admits, wanted * spec.group + spec.limits.spare);
  else if (leads.asked.length || !masks.length) result = listed(leads.asked.filter(admits), 1000);
  else result = listed([...masks[0].keys()].filter(admits), 0);
  return Object.assign(result, { query, search, filters, leads });
}

// Calls each(from, to) with the runs of units that have a facet's value.
async function spans(facet, value, each) {
  for (const list of await lookup("#" + facet + ":" + value)) {
    const postings = await postingsOf(list);
    for (let i = 0; i < postings.length; i += 2) each(postings[i], postings[i] + (postings[i + 1] >> 4) + 1);
  }
}

// The units with any of a facet's `values`.
async function having(facet, values) {
  const out = new Uint8Array(index.units);
  for (const value of values) await spans(facet, value, (from, to) => out.fill(1, from, to));
  return out;
}

// Filters with their values as keys: organ:LCHNV means lanschefsnatverket.
async function resolve(filters) {
  const out = {};
  for (const [facet, values] of Object.entries(filters)) {
    const known = json(await load("f")).filter((row) => row[0] === facet);
    out[facet] = values.map((value) => {
      const wanted = slug(value), whose = (test) => known.find((row) => row.slice(1).some((name) => test(slug(name))));
      return (whose((name) => name === wanted) || whose((name) => name.startsWith(wanted)) || [0, value])[1];
    });
  }
  return out;
}

// At most a few of each document, a document's hits together, its own unit after its parts.
async function choose({ ranked, leads }, limit) {
  const groups = new Map();
  let count = 0;
  for (let at = 0; at < ranked.length && count < limit;) {
    const some = ranked.slice(at, at + limit - count);
    at += some.length;
    (await Promise.all(some.map((row) => record(row.unit)))).forEach((record, i) => {
      if (!groups.has(record.sheet)) groups.set(record.sheet, { rows: [], more: 0 });
      const group = groups.get(record.sheet);
      if (group.rows.length < spec.group) { group.rows.push({ ranked: some[i], record }); count++; } else group.more++;
    });
  }
  const out = [];
  const yields = ({ ranked: { unit }, record: { hit } }) => /^(uppdrag|möte)$/.test(hit.kind) && !leads.named.includes(unit);
  groups.forEach(({ rows, more }) => {
    const ordered = rows.filter((row) => !yields(row)).concat(rows.filter(yields));
    if (more) ordered[ordered.length - 1].more = more;
    out.push(...ordered);
  });
  return out;
}

function hit({ ranked, record, more }, search) {
  const values = search.wanted.map((word) => Math.max(word.own[ranked.unit], word.far[ranked.unit])).filter(Boolean);
  const lowest = values.length ? Math.min(...values) : 0;
  const layer = spec.layers.find((name) => lowest >= spec.bands[name][0]) || "context";
  return { ...record.hit, score: ranked.score / 1e6, layer, excerpt: excerpt(record.text, search.marks), ...(more && { more }) };
}

async function answer(text, options) {
  const { limit = 10 } = options, found = await ask(text, options, limit), chosen = await choose(found, limit);
  const { suggestion } = found.search;
  return {
    query: text, total: found.total, suggestions: suggestion && suggestion !== text ? [suggestion] : [],
    notes: found.query.notes, filters: found.filters, hits: chosen.map((row) => hit(row, found.search))
  };
}

async function facets(text, options) {
  const { matched } = await ask(text, options, 0), before = new Uint32Array(index.units + 1), out = {};
  for (let unit = 0; unit < matched.length; unit++) before[unit + 1] = before[unit] + matched[unit];
  await Promise.all(json(await load("f")).map(async ([facet, value, label]) => {
    let count = 0;
    await spans(facet, value, (from, to) => { count += before[to] - before[from]; });
    if (count) (out[facet] = out[facet] || []).push({ value, label, count });
  }));
  Object.values(out).forEach((values) => values.sort((a, b) => b.count - a.count || byText(a.value, b.value)));
  return out;
}

// folder: path from the page to the shards, with its final slash. A page has one.
window.samverkSearch = (folder) => {
  base = folder;
  return {
    query: (text, options = {}) => open().then(() => answer(text, options)),
    facets: (text, options = {}) => open().then(() => facets(text, options))
  };
};
