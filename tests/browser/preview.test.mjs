// The preview: an edit shows by itself, a fault is laid over the page, and the last good state is not lost.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { SKIP, answered, launch, open } from "./browser.mjs";
import { freePort } from "./host.mjs";
import { PAGES, binary, copyPortal } from "./portal.mjs";

const DOCUMENT = join("content", "moten", "2026-01-29-lanschefsnatverket.md");

describe("preview", { skip: SKIP }, () => {
  let root, server, url, browser, said = "";
  before(async () => {
    root = copyPortal();
    const port = await freePort();
    url = `http://127.0.0.1:${port}/`;
    server = spawn(binary(), ["--root", root, "serve", "--port", String(port)]);
    for (const stream of [server.stdout, server.stderr]) stream.on("data", (text) => { said += text; });
    await up();
    browser = await launch();
  });
  after(async () => {
    await browser?.close();
    server?.kill();
    rmSync(root, { recursive: true, force: true });
  });

  async function up() {
    for (let tries = 0; tries < 200 && server.exitCode === null; tries++) {
      if (await fetch(url).then((answer) => answer.ok, () => false)) return;
      await new Promise((done) => setTimeout(done, 50));
    }
    throw new Error(`the preview did not come up:\n${said}`);
  }

  test("every kind of page is there, without a fault", async () => {
    const { page, faults, close } = await open(browser);
    for (const [name, path] of Object.entries(PAGES).filter(([, path]) => path !== PAGES["not found"])) {
      await page.goto(url + path);
      if (path.includes("?q=")) await answered(page);
      assert.ok(await page.locator("h1").count(), name);
    }
    // Leaving a page ends its stream of events and what its search still asks; that is no fault.
    assert.deepEqual(faults.filter((fault) => !fault.endsWith("net::ERR_ABORTED")), []);
    await close();
  });

  test("an edit shows without a reload by hand", async () => {
    const { page, close } = await open(browser);
    await page.goto(url + PAGES.meeting);
    const file = join(root, DOCUMENT), text = readFileSync(file, "utf8");
    const changed = text.replace("**Länschefsnätverket beslutade**\n\n- att ", "**Länschefsnätverket beslutade**\n\n- att provordet ");
    assert.notEqual(changed, text);
    writeFileSync(file, changed);
    await page.getByText("att provordet").first().waitFor({ state: "attached", timeout: 15_000 });
    writeFileSync(file, text);
    await page.getByText("att provordet").first().waitFor({ state: "detached", timeout: 15_000 });
    await close();
  });

  test("a fault is laid over the page, and goes away with its remedy", async () => {
    const { page, close } = await open(browser);
    await page.goto(url + PAGES.meeting);
    const file = join(root, DOCUMENT), text = readFileSync(file, "utf8");
    writeFileSync(file, text.replace("organ: lanschefsnatverket", "organ: lanschefsnatvrket"));
    await page.getByText("okänt organ").first().waitFor({ timeout: 15_000 });
    assert.ok(await page.locator("h1").count(), "the last good state is still there");
    const other = await fetch(url + PAGES.agreement);
    assert.equal(other.status, 200);
    writeFileSync(file, text);
    await page.getByText("okänt organ").first().waitFor({ state: "detached", timeout: 15_000 });
    await close();
  });

  test("search finds what was just written", async () => {
    const file = join(root, DOCUMENT), text = readFileSync(file, "utf8");
    writeFileSync(file, text + "\n\nProvordetkvasten ligger här.\n");
    let answer;
    for (let tries = 0; tries < 60; tries++) {
      answer = await (await fetch(`${url}api/search?q=provordetkvasten`)).json();
      if (answer.total) break;
      await new Promise((done) => setTimeout(done, 50));
    }
    assert.equal(answer.total > 0, true);
    writeFileSync(file, text);
  });

  test("strangers and paths out of the portal are refused", async () => {
    const { request } = await import("node:http");
    const ask = (path, headers) => new Promise((done, failed) => {
      const { hostname, port } = new URL(url);
      request({ hostname, port, path, headers }, (answer) => { answer.resume(); done(answer.statusCode); }).on("error", failed).end();
    });
    assert.equal(await ask("/", {}), 200);
    assert.ok((await ask("/", { host: "evil.example" })) >= 400, "a foreign Host header");
    for (const path of ["/../Cargo.toml", "/%2e%2e/site/site.yaml", "/..%2fsite/site.yaml", "/site/site.yaml", "//etc/passwd", "/moten/..%5c..%5csite"]) {
      assert.ok((await ask(path, {})) >= 400, path);
    }
  });
});
