// Stems: Snowball's Swedish algorithm between our own rules, as in stem.rs.

function stem(word) {
  if (!stems.has(word)) stems.set(word, steps(word).pop());
  return stems.get(word);
}

// Without the s of a genitive.
const bare = (word) => word.replace(/s$/, "");

// What each round leaves of the word, the stem last.
function steps(word) {
  const { rounds, words, whole } = spec.stem, out = [word];
  for (let round = 0; round < rounds; round++) {
    if (word.length < 3 || /^§|[0-9]/.test(word)) break;
    const fixed = words[word], next = fixed || shortened(round ? word : indefinite(word));
    out.push(next);
    if (fixed || next === word || whole.some((ending) => next.endsWith(ending))) break;
    word = next;
  }
  return out;
}

function indefinite(word) {
  const { an, et } = spec.stem, rest = bare(word);
  const leaves = (ending, rule) => rest.endsWith(ending) && rest.length - 2 >= rule.rest
    && /[aeiouyåäö]/.test(rest.slice(0, -2)) && !rule.keep.some((keep) => rest.endsWith(keep));
  if (leaves("an", an)) return rest.slice(0, -1);
  return leaves("et", et) && /[^aeiouyåäö]{2}et$/.test(rest) ? rest.slice(0, -2) : word;
}

function shortened(word) {
  const base = snowball(word);
  for (const [ending, instead, rest] of spec.stem.derived) {
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
