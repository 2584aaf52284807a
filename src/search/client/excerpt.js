// The part of a text that a hit shows, its words marked; as in excerpt.rs.

const escape = (text) => text.replace(/[&<>"']/g, (c) => "&#" + c.charCodeAt(0) + ";");

function excerpt(text, marks) {
  const words = [], { window, lead } = spec.limits;
  tokens(text, true, (term, start, end) => {
    const base = spec.stop.includes(term) ? null : stem(term);
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
