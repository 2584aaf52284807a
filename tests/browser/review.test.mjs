// The review of imported documents: the source beside its reading, every decision tied to its line, answers written down.

import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { SKIP, launch, open, violations } from "./browser.mjs";
import { freePort } from "./host.mjs";
import { PROJECT, binary, copyPortal } from "./portal.mjs";

const CASES = join(PROJECT, "tests", "import", "cases");
const MINUTES = "moten/prov-moten", SCANNED = "uppdrag/prov-inlast";

describe("review", { skip: SKIP }, () => {
  let root, server, url, browser;
  before(async () => {
    root = copyPortal();
    for (const [folder, id] of [["samverkansforum", MINUTES], ["uppdrag-ocr", SCANNED]]) {
      execFileSync(binary(), ["--quiet", "--root", root, "import", "--yes", "--id", id, join(CASES, folder, "input.txt")]);
    }
    const port = await freePort();
    url = `http://127.0.0.1:${port}/`;
    server = spawn(binary(), ["--root", root, "serve", "--port", String(port)], { stdio: "ignore" });
    for (let tries = 0; tries < 400; tries++) {
      if (await fetch(url).then((answer) => answer.ok, () => false)) break;
      await new Promise((done) => setTimeout(done, 50));
    }
    browser = await launch();
  });
  after(async () => {
    await browser?.close();
    server?.kill();
    rmSync(root, { recursive: true, force: true });
  });

  const review = (id) => `${url}granska.html?dokument=${encodeURIComponent(id)}`;

  test("every page of it passes axe at both sizes, light and dark", async () => {
    for (const viewport of [{ width: 360, height: 740 }, { width: 1280, height: 900 }]) {
      for (const colorScheme of ["light", "dark"]) {
        const { page, faults, close } = await open(browser, { viewport, colorScheme });
        for (const address of [`${url}granska.html`, review(MINUTES), review(SCANNED)]) {
          await page.goto(address);
          assert.deepEqual(await violations(page), [], `${address} ${viewport.width} ${colorScheme}`);
          const wide = await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
          assert.ok(!wide, `${address} is wider than ${viewport.width}`);
        }
        assert.deepEqual(faults.filter((fault) => !fault.endsWith("net::ERR_ABORTED")), []);
        await close();
      }
    }
  });

  test("each decision leads to its line in the source, and the counts agree", async () => {
    const { page, close } = await open(browser);
    await page.goto(review(MINUTES));
    const rows = page.locator(".review-decisions tbody tr");
    assert.equal(await rows.count(), 5);
    const source = readFileSync(join(CASES, "samverkansforum", "input.txt"), "utf8").split("\n");
    for (let at = 0; at < 5; at++) {
      const link = rows.nth(at).locator("td").nth(2).getByRole("link");
      const line = Number((await link.innerText()).replace("rad ", ""));
      const words = (await rows.nth(at).locator("td").nth(1).innerText()).split(/\s+/).slice(0, 3).join(" ");
      assert.ok(source[line - 1].includes(words), `line ${line}: ${words}`);
      await link.click();
      assert.ok(await page.locator(`#rad-${line}`).isVisible());
      assert.equal(await page.evaluate(() => location.hash), `#rad-${line}`);
    }
    const told = await page.locator("#beslut > p").first().innerText();
    const [clauses, lines] = (told.match(/\d+/g) ?? []).map(Number);
    assert.equal(clauses, 5);
    assert.equal(lines, source.filter((line) => /\bbeslut(ade|ar|at|ades|as)\b/i.test(line)).length);
    await close();
  });

  test("repairs of a scanned text are marked where they stand", async () => {
    const { page, close } = await open(browser);
    await page.goto(review(SCANNED));
    const mark = page.locator("#kalla ins", { hasText: "Bestallare" });
    assert.equal(await mark.getAttribute("title"), "lagat till Beställare");
    assert.ok(await page.locator("#kalla mark").count() > 0);
    await close();
  });

  test("an answer is written into the front matter, and its question goes", async () => {
    const { page, close } = await open(browser);
    await page.goto(review(SCANNED));
    const before = await page.locator(".review-question").count();
    const question = page.locator(".review-question").first();
    const field = question.locator("[name=svar]");
    await field.fill("2012-08-15");
    await question.getByRole("button", { name: "Spara svaret" }).click();
    await page.locator(".review-question").nth(before - 1).waitFor({ state: "detached" });
    assert.equal(await page.locator(".review-question").count(), before - 1);
    assert.match(readFileSync(join(root, "content", `${SCANNED}.md`), "utf8"), /^datum: 2012-08-15$/m);
    await close();
  });
});
