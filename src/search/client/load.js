// Loading: a shard is a script that hands over gzipped bytes in base64, which every host and every page may load.

const utf8 = new TextDecoder(), json = (bytes) => JSON.parse(utf8.decode(bytes));
// Of what is loaded: what waits for its script, the bytes of each script, the dictionary's shards as they are read.
const waiting = {}, loaded = {}, shards = [];
// Path from the page to the shards; the manifest; what analysis.json says; the stems of words met so far; a zero for each unit.
let base, index, spec, stems, zeros;

window.samverkShard = (name, data) => waiting[name](data);

function script(name) {
  loaded[name] = loaded[name] || new Promise((resolve, reject) => {
    waiting[name] = resolve;
    const element = document.createElement("script");
    element.src = base + name + ".js";
    // A script that has run has resolved already, and the rejection says nothing.
    element.onload = element.onerror = () => { element.remove(); reject(Error(name)); };
    document.head.append(element);
  }).then(unpack);
  loaded[name].catch(() => { loaded[name] = null; });
  return loaded[name];
}

async function unpack(data) {
  const bytes = Uint8Array.from(atob(data), (c) => c.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

const load = (name) => script(index.generation + "/" + name);

// Nothing is loaded before the first question.
async function open() {
  const manifest = json(await script("manifest"));
  if (index) return;
  index = manifest;
  spec = index.spec;
  stems = new Map();
  zeros = new Uint16Array(index.units);
  // No word may be looked up among what every object has.
  [spec.fold, spec.facets, spec.multipliers, spec.shortMonths, spec.stem.words].forEach((table) => Object.setPrototypeOf(table, null));
}
