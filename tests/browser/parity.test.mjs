// One index, one answer: the browser from a file and over a narrow host, the preview's server, and the command line give
// the same first ten hits in the same order.

import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import { SKIP, launch, open } from "./browser.mjs";
import { freePort, serve } from "./host.mjs";
import { PAGES, PROJECT, SHARED, binary, copyPortal, files, read } from "./portal.mjs";

const RANDOM = 1000;
const TERMINAL = 40;

describe("search parity", { skip: SKIP }, () => {
  const questions = asked();
  let root, site, host, preview, browser, want;
  before(async () => {
    root = copyPortal();
    site = join(root, "out");
    execFileSync(binary(), ["--quiet", "--root", root, "build", "--output", site], { stdio: "inherit" });
    host = await serve(site);
    const port = await freePort();
    preview = spawn(binary(), ["--root", root, "serve", "--edition", "publik", "--port", String(port)], { stdio: "ignore" });
    want = await fromServer(`http://127.0.0.1:${port}/`, questions);
    browser = await launch();
  });
  after(async () => {
    await browser?.close();
    host?.close();
    preview?.kill();
  });

  test("the questions find something, and some do not", () => {
    const found = want.filter((answer) => answer.total).length;
    assert.ok(found > questions.length / 2 && found < questions.length, `${found} of ${questions.length}`);
  });

  test("the command line answers as the preview does", () => {
    const step = Math.floor(questions.length / TERMINAL);
    for (let at = 0; at < questions.length; at += step) {
      const { q, filters } = questions[at];
      const filter = Object.entries(filters).flatMap(([key, values]) => values.flatMap((value) => ["--filter", `${key}=${value}`]));
      const out = execFileSync(binary(), ["--root", root, "search", ...filter, "--format", "json", "--", q], { encoding: "utf8" });
      assert.deepEqual(shown(JSON.parse(out)), want[at], q);
    }
  });

  const places = { "over HTTP": () => host.url, "from a file": () => pathToFileURL(join(site, "/")).href };
  for (const [where, base] of Object.entries(places)) {
    test(`${where}: the browser answers as the preview does`, async () => {
      const { page, faults, close } = await open(browser);
      await page.goto(base() + PAGES.search);
      const answers = await page.evaluate(async (questions) => {
        const search = window.samverkSearch(document.getElementById("sok").dataset.base), out = [];
        for (const { q, filters } of questions) out.push(await search.query(q, { filters, limit: 10 }));
        return out;
      }, questions);
      const other = questions.map(({ q }, at) => ({ q, got: shown(answers[at]), want: want[at] }));
      assert.deepEqual(other.filter(({ got, want }) => JSON.stringify(got) !== JSON.stringify(want)).slice(0, 3), []);
      assert.deepEqual(faults, []);
      await close();
    });
  }
});

const shown = ({ total, suggestions, hits }) => ({ total, suggestions, hits: hits.map((hit) => [hit.id, hit.layer, hit.excerpt]) });

async function fromServer(url, questions) {
  for (let tries = 0; !(await fetch(url).then((answer) => answer.ok, () => false)); tries++) {
    assert.ok(tries < 200, "the preview did not come up");
    await new Promise((done) => setTimeout(done, 50));
  }
  const out = [];
  for (const { q, filters } of questions) {
    // The preview's own client cuts what no address can hold.
    const params = new URLSearchParams({ q: q.slice(0, 1100), limit: 10 });
    Object.entries(filters).forEach(([key, values]) => values.forEach((value) => params.append(key, value)));
    out.push(shown(await (await fetch(`${url}api/search?${params}`)).json()));
  }
  return out;
}

// The judged questions where they are at hand, readers' questions, odd ones, and many drawn from the portal's own words.
function asked() {
  const judged = join(SHARED, "queries", "dev.json");
  const out = existsSync(judged) ? JSON.parse(readFileSync(judged, "utf8")).map(({ q }) => q) : [];
  const readers = readFileSync(join(PROJECT, "tests", "search", "readers.txt"), "utf8").split("\n");
  out.push(...readers.filter((line) => line.includes(" => ")).map((line) => line.split(" => ")[0]));
  out.push("", "-", "\"", "\"obalanserad", "<script>alert(1)</script>", "\u0001\u0007", "§ § §", "?!", "😀 beslut", "ärende ".repeat(1500));
  const content = join(PROJECT, "content");
  const words = files(content).filter((path) => path.endsWith(".md")).flatMap((path) => read(content, path).split(/\s+/).filter(Boolean));
  let seed = 2026;
  const below = (most) => (seed = (seed * 48271) % 2147483647) % most;
  const questions = out.map((q) => ({ q, filters: {} }));
  for (let i = 0; i < RANDOM; i++) {
    const near = drawn(words, below), text = near.join(" "), letters = [...near[0]];
    letters.splice(below(letters.length), 1);
    const kinds = ["beslut", "punkt", "avsnitt", "organ"];
    const forms = [`"${text}"`, letters.join(""), `${text} -${words[below(words.length)]}`, `${text} år:2026`, near.join(""), `vilka ${text}`, text];
    const filters = below(8) ? {} : { typ: [kinds[below(kinds.length)]] };
    questions.push({ q: forms[below(forms.length)], filters });
  }
  return questions;
}

// One to three words in a row.
function drawn(words, below) {
  const from = below(words.length - 4);
  return words.slice(from, from + 1 + below(3));
}
