// The dictionary, read shard by shard: what a key leads to, what is spelt nearly so, what a hit shows; see shards.rs.

function numbers(bytes) {
  let at = 0;
  return {
    more: () => at < bytes.length,
    next() {
      let byte = bytes[at++], value = byte & 127;
      for (let shift = 7; byte > 127; shift += 7) value |= ((byte = bytes[at++]) & 127) << shift;
      return value;
    },
    bytes(length) { at += length; return bytes.subarray(at - length, at); }
  };
}

// The last of a sorted list that is not after what is looked for, or else the first.
function last(list, isAfter) {
  const at = list.findIndex(isAfter);
  return Math.max(0, (at < 0 ? list.length : at) - 1);
}

const byText = (one, other) => (one < other ? -1 : one > other ? 1 : 0);

// A shard of the dictionary as a map from key to lists, kept as the promise of it.
function shard(at) {
  shards[at] = shards[at] || load("l" + at).then((bytes) => {
    const read = numbers(bytes), out = new Map();
    let key = [];
    while (read.more()) {
      key = Uint8Array.of(...key.slice(0, read.next()), ...read.bytes(read.next()));
      const lists = [];
      for (let n = read.next(); n > 0; n--) {
        const flags = read.next(), label = utf8.decode(read.bytes(read.next())), count = read.next();
        const place = () => ({ shard: read.next(), offset: read.next(), length: read.next() });
        const postings = flags & 2 ? place() : read.bytes(read.next());
        lists.push({ part: (flags & 1) === 1, label, count, postings, positions: flags & 4 && place() });
      }
      out.set(utf8.decode(key), lists);
    }
    return out;
  });
  shards[at].catch(() => { shards[at] = null; });
  return shards[at];
}

async function lookup(key) {
  return (await shard(last(index.dictionary, (first) => key < first))).get(key) || [];
}

// The bytes at a place.
async function bytesAt(kind, place) {
  return (await load(kind + place.shard)).subarray(place.offset, place.offset + place.length);
}

// The postings of a list, two numbers each: the unit, and its impact plus 16 times its parts. Kept: common words return.
async function postingsOf(list) {
  if (!list.read) {
    const bytes = list.postings.shard >= 0 ? await bytesAt("p", list.postings) : list.postings;
    const read = numbers(bytes), out = new Uint32Array(2 * bytes.length);
    let count = 0;
    for (let unit = -1; read.more();) {
      const word = read.next();
      out[count++] = unit += word >> 4;
      out[count++] = word & 15 || read.next();
    }
    list.read = out.slice(0, count);
  }
  return list.read;
}

// Calls each(unit, place) with every place where the list's form stands.
async function placesOf(list, each) {
  if (!list.positions) return;
  const read = numbers(await bytesAt("q", list.positions)), postings = await postingsOf(list);
  for (let at = -2, place = 0; read.more();) {
    const step = read.next();
    if (step & 1) { at += 2; place = 0; }
    each(postings[at], (place += step >> 1));
  }
}

// Forms that begin with `prefix`, the most used of the first keys that may have them.
async function beginning(prefix) {
  const folded = fold(prefix), firsts = index.dictionary, out = [];
  let left = spec.complete.keys;
  for (let at = last(firsts, (first) => folded < first); at < firsts.length && left > 0; at++) {
    if (firsts[at] >= folded && !firsts[at].startsWith(folded)) break;
    for (const [key, lists] of await shard(at)) {
      const forms = lists.filter((list) => !list.part);
      if (left > 0 && forms.length && key.startsWith(folded)) {
        left--;
        out.push(...forms.filter((list) => fold(list.label).startsWith(folded)));
      }
    }
  }
  out.sort((a, b) => b.count - a.count || byText(a.label, b.label));
  return out.slice(0, spec.complete.most).map((list) => list.label).sort();
}

// The nearest forms within an edit or two.
async function near(word) {
  const letters = word.length, { one, two, most } = spec.typo, allowed = (letters >= one) + (letters >= two);
  if (!allowed || !alphabetic(word)) return [];
  const letter = fold(word)[0], asked = [], found = [];
  const drawer = (more) => letter + pad(letters + more);
  for (let at = last(index.typos, (first) => first >= drawer(-allowed)); at < index.typos.length && index.typos[at] <= drawer(allowed); at++) asked.push(load("t" + at));
  (await Promise.all(asked)).forEach((bytes) => json(bytes).forEach(([form, count]) => {
    const edits = fold(form)[0] === letter ? distance(word, form, allowed) : allowed + 1;
    if (edits <= allowed) found.push({ form, count, edits });
  }));
  found.sort((a, b) => a.edits - b.edits || b.count - a.count || byText(a.form, b.form));
  return found.filter((near) => near.edits === found[0].edits).slice(0, most).map((near) => near.form);
}

// The unit as it is shown.
async function record(unit) {
  const [sheets, units] = json(await load("b" + Math.floor(unit / index.blockUnits)));
  const [sheet, kind, anchor, title, text] = units[unit % index.blockUnits];
  const [id, url, heading, body, date, status] = sheets[sheet], hash = anchor === null ? "" : "#" + anchor;
  return { sheet: id, text, hit: {
    id: id + hash, url: url + hash, kind: spec.kinds[kind], title: title || heading, context: hash ? heading : null, date,
    organ: body && body[0], organName: body && body[1], status: status && { key: status[0], label: status[1] }
  } };
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
