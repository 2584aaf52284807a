// Bytes, files and time from nothing to the first ten hits, over a built site, in node.
//
//   node benches/search_bytes.mjs SITE WORDS.txt
//
// WORDS.txt: one word a line; questions of one to three of them are drawn, the same every time. Printed: median and 90th
// percentile of bytes as they lie (what a file share sends), bytes as a host that gzips sends them, files, hits,
// milliseconds for the first answer and for the same one again.
import { readFileSync } from "node:fs";
import { runInThisContext } from "node:vm";
import { gzipSync } from "node:zlib";

const QUESTIONS = 120;
const [site, list] = process.argv.slice(2);
const words = readFileSync(list, "utf8").trim().split("\n");
let sent, packed, files, seed = 7;

const draw = (most) => {
  seed = (seed * 1103515245 + 12345) % 2147483648;
  return seed % most;
};
const read = (path) => {
  const bytes = readFileSync(path);
  sent += bytes.length;
  packed += gzipSync(bytes).length;
  files += 1;
  return bytes.toString();
};
globalThis.window = globalThis;
globalThis.document = {
  createElement: () => ({ remove() {} }),
  head: {
    append(script) {
      queueMicrotask(() => {
        runInThisContext(read(script.src));
        script.onload();
      });
    },
  },
};

const rows = [];
for (let i = 0; i < QUESTIONS; i++) {
  sent = packed = files = 0;
  runInThisContext(read(`${site}/sok/client.js`));
  const search = globalThis.samverkSearch(`${site}/sok/`);
  const question = Array.from({ length: 1 + draw(3) }, () => words[draw(words.length)]).join(" ");
  const start = performance.now();
  const { total } = await search.query(question, {});
  const cold = performance.now() - start;
  const row = { sent, packed, files, total, cold };
  const again = performance.now();
  await search.query(question, {});
  rows.push({ ...row, warm: performance.now() - again });
}
for (const key of Object.keys(rows[0])) {
  const values = rows.map((row) => row[key]).sort((a, b) => a - b);
  console.log(key, values[QUESTIONS >> 1].toFixed(1), values[Math.floor(QUESTIONS * 0.9)].toFixed(1));
}
