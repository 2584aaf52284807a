// From what each word matches to the order of the hits, as in ranking.rs.

// The best `most` units in order, how many match in all, and by unit whether it does.
function rank({ wanted }, leads, admits, most) {
  const { units } = index, owns = wanted.map((word) => word.own), fars = wanted.map((word) => word.far);
  const rarity = wanted.map((word) => Math.round(1000 * Math.log(1 + (units - word.units.length + 0.5) / (word.units.length + 0.5))));
  const all = rarity.reduce((sum, value) => sum + value, 0), lead = new Set(leads.named.concat(leads.asked));
  const better = (a, b) => a.missing - b.missing || b.score - a.score || a.unit - b.unit;
  const unknown = rarity.filter((_, i) => !wanted[i].units.length), { enough, words } = spec.doubtful;
  // Registers that the question leads to need not have all that is asked of what they list.
  const lists = new Set(unknown.length ? [] : leads.asked);
  // Units that match words of at least this weight, in hundredths.
  const found = (least) => {
    const seen = new Uint8Array(units), matched = new Uint8Array(units), ranked = [];
    // The worst of the best so far: what is worse need not be kept.
    let total = 0, worst = { missing: Infinity };
    const consider = (unit) => {
      let missing = 0, weight = 0, score = 0;
      for (let i = 0; i < owns.length; i++) {
        const own = owns[i][unit], far = fars[i][unit], value = Math.max(own, far) + (Math.min(own, far) >> 3);
        if (value) { weight += rarity[i]; score += rarity[i] * value; } else missing++;
      }
      if ((weight * 100 < least && !lists.has(unit)) || !admits(unit)) return;
      if (lead.size && lead.has(unit)) score += all * 1000;
      else if (unit >= index.aside) score = Math.floor((score * spec.aside) / 100);
      total++;
      matched[unit] = 1;
      if (missing > worst.missing || (missing === worst.missing && score < worst.score)) return;
      ranked.push({ unit, missing, score });
      if (ranked.length < most * 4) return;
      ranked.sort(better).length = most;
      worst = ranked[most - 1];
    };
    for (const unit of lists) if (owns.some((own) => own[unit])) { seen[unit] = 1; consider(unit); }
    const registers = total;
    // Rare words first: what has none of them, and is reached by none, may be too little whatever else it has.
    let possible = all;
    for (const i of [...wanted.keys()].sort((a, b) => rarity[b] - rarity[a])) {
      if (possible * 100 < least) break;
      for (const unit of wanted[i].units) if (!seen[unit]) { seen[unit] = 1; consider(unit); }
      if (fars[i] === zeros) possible -= rarity[i];
    }
    return { registers, total, matched, ranked: ranked.sort(better).slice(0, most) };
  };
  if (unknown.length) return found(Math.min(all * enough, unknown[1] || wanted.length < words ? Infinity : (all - unknown[0]) * 100));
  const some = found(all * spec.enough);
  return some.total > some.registers ? some : found(all * spec.few);
}

// Units in their own order, all alike.
function listed(units, score) {
  const matched = new Uint8Array(index.units);
  units.forEach((unit) => { matched[unit] = 1; });
  return { total: units.length, matched, ranked: units.map((unit) => ({ unit, missing: 0, score })) };
}
