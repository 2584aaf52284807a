// Stems: Snowball's Swedish algorithm between our own rules, as in stem.rs.

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
