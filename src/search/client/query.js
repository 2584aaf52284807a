// A question: words, phrases, words to do without, filters; as in query.rs.

function parse(text) {
  const query = { words: [], phrases: [], without: [], filters: {}, notes: [] }, { limits } = spec;
  const whole = Array.from(text.normalize("NFC").replace(/\p{Cc}/gu, " "));
  let rest = whole.slice(0, limits.signs).join(""), plain = "", run = 0, clauses = 0;
  const read = (words) => {
    const out = [];
    tokens(words, false, (term, start, end, same) => {
      if (same) out[out.length - 1].literal = term;
      else out.push({ term, run, role: spec.questions.includes(term) ? "question" : spec.stop.includes(term) ? "stop" : "wanted" });
    });
    return out;
  };
  const clause = (list, words) => { if (clauses++ < limits.words) list.push(words); };
  const flush = () => { read(plain).forEach((word) => clause(query.words, word)); plain = ""; run++; };
  // What stands in quotes, or else up to the next blank or quote; what follows; and whether it stands in quotes.
  const piece = (s) => {
    const m = /^(?:["”“„»«]([^"”“„»«]*)["”“„»«]|[^]?[^\s"”“„»«]*)/u.exec(s), quoted = m[1] !== undefined;
    return [quoted ? m[1] : m[0], s.slice(m[0].length), quoted];
  };
  while ((rest = rest.trimStart())) {
    const without = /^-(?!\d\d(\s|$))\S/.test(rest), [words, after, quoted] = piece(without ? rest.slice(1) : rest), colon = words.indexOf(":");
    const facet = !without && !quoted && colon > 0 && spec.facets[words.slice(0, colon).toLowerCase()];
    const [value, past, inQuotes] = piece(facet ? rest.slice(colon + 1) : "");
    rest = after;
    if (without) {
      flush();
      const read_ = read(words);
      if (read_.length && query.without.length < limits.words) query.without.push(read_);
    } else if (quoted) {
      if (!words.trim()) continue;
      flush();
      const read_ = read(words);
      if (read_.length) clause(query.phrases, read_);
      run++;
    } else if (inQuotes || (facet && words.length > colon + 1)) {
      flush();
      (query.filters[facet] = query.filters[facet] || []).push(value);
      rest = past;
    } else {
      plain += words + " ";
    }
  }
  flush();
  if (clauses > limits.words || whole.length > limits.signs) query.notes.push(limits.note);
  return query;
}
