// Search beside Pagefind in Chromium, over two built sites.
//
//   node benches/search_peers.mjs SITE PAGEFIND_SITE WORDS.txt
//
// SITE: what `samverk build` writes. PAGEFIND_SITE: the same pages after `pagefind --site`, or - for none. WORDS.txt: one word a line;
// questions of one to three of them are drawn, the same every time. Every question is asked in a fresh browser context,
// so that nothing is cached. Printed for each: median and 90th percentile of the bytes that came over the wire (a host
// that packs text, and one that does not), of requests, of milliseconds until the first ten hits are there, and of
// milliseconds for the same question asked again.
import { createReadStream, existsSync, readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { extname, join } from "node:path";
import { createGzip } from "node:zlib";

const { chromium } = createRequire(new URL("../tests/browser/package.json", import.meta.url))("playwright-core");
const QUESTIONS = 40;
const TYPES = { ".html": "text/html", ".js": "text/javascript", ".json": "application/json", ".css": "text/css" };
const [site, other, list] = process.argv.slice(2);
const words = readFileSync(list, "utf8").trim().split("\n");

// One page that only asks; its address is the site's root.
const PAGE = "<!doctype html><title>sök</title>";
const ENGINES = {
  samverk: [site, `new Promise((done) => {
    const script = document.createElement("script");
    script.src = "sok/client.js";
    script.onload = () => {
      const search = window.samverkSearch("sok/");
      done(async (q) => (await search.query(q)).hits.length);
    };
    document.head.append(script);
  })`],
  pagefind: [other, `import("/pagefind/pagefind.js").then((pagefind) => async (q) => {
    const { results } = await pagefind.search(q);
    return (await Promise.all(results.slice(0, 10).map((result) => result.data()))).length;
  })`],
};

function host(folder, packs) {
  const count = { bytes: 0, files: 0 };
  const server = createServer((request, answer) => {
    const path = decodeURIComponent(new URL(request.url, "http://host").pathname);
    if (path === "/tom.html") return answer.writeHead(200, { "content-type": "text/html" }).end(PAGE);
    const file = join(folder, path);
    if (!existsSync(file) || !statSync(file).isFile()) return answer.writeHead(404).end();
    const type = TYPES[extname(file)];
    const packed = packs && type;
    const stream = packed ? createReadStream(file).pipe(createGzip()) : createReadStream(file);
    count.files += 1;
    stream.on("data", (bytes) => { count.bytes += bytes.length; });
    answer.writeHead(200, { "content-type": type || "application/octet-stream", ...(packed && { "content-encoding": "gzip" }) });
    stream.pipe(answer);
  });
  return new Promise((done) => server.listen(0, "127.0.0.1", () => done({ server, count, url: `http://127.0.0.1:${server.address().port}/` })));
}

let seed = 7;
const draw = (most) => (seed = (seed * 48271) % 2147483647) % most;
const questions = Array.from({ length: QUESTIONS }, () => Array.from({ length: 1 + draw(3) }, () => words[draw(words.length)]).join(" "));
const middle = (values, share) => values.sort((a, b) => a - b)[Math.floor(values.length * share)];
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || "/usr/bin/chromium", args: ["--no-sandbox"] });
for (const [name, [folder, engine]] of Object.entries(ENGINES).filter(([, [folder]]) => folder !== "-")) {
  for (const packs of [true, false]) {
    const { server, count, url } = await host(folder, packs), rows = [];
    for (const q of questions) {
      const context = await browser.newContext(), page = await context.newPage();
      await page.goto(`${url}tom.html`);
      Object.assign(count, { bytes: 0, files: 0 });
      const start = performance.now();
      const hits = await page.evaluate(`${engine}.then((ask) => { window.ask = ask; return ask(${JSON.stringify(q)}); })`);
      const row = { ms: performance.now() - start, ...count };
      // Asked again, all that it needs is there; the fastest of some, since other programs run too.
      row.warm = await page.evaluate(async (question) => {
        const times = [];
        for (let round = 0; round < 6; round++) {
          const from = performance.now();
          await window.ask(question);
          times.push(performance.now() - from);
        }
        return Math.min(...times);
      }, q);
      if (hits) rows.push(row);
      await context.close();
    }
    server.close();
    const shown = ["bytes", "files", "ms", "warm"].map((key) => {
      const values = rows.map((row) => row[key]), digits = key === "warm" ? 1 : 0;
      return `${key} ${middle(values, 0.5).toFixed(digits)} (${middle(values, 0.9).toFixed(digits)})`;
    });
    console.log(name, packs ? "packed by the host:" : "as it lies:", shown.join(", "), `over ${rows.length} questions with hits`);
  }
}
await browser.close();
