// Everything is reached by links alone: from the start page, from a file, without JavaScript.

import assert from "node:assert/strict";
import { existsSync, statSync } from "node:fs";
import { join, posix } from "node:path";
import { after, before, describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import { SKIP, launch, open } from "./browser.mjs";
import { PAGES, build, files, read } from "./portal.mjs";

describe("reach", () => {
  let portal, pages;
  before(() => {
    portal = build();
    pages = files(portal.site).filter((path) => path.endsWith(".html"));
  });
  after(() => portal?.remove());

  // Files that a page links to, resolved as a browser would, without query and fragment.
  function links(page) {
    const html = read(portal.site, page);
    const written = [...html.matchAll(/<a\b[^>]*?\shref="([^"]*)"/g)].map((match) => match[1].replaceAll("&amp;", "&"));
    const inside = written.filter((href) => !/^([a-z]+:|\/\/|#)/.test(href));
    return inside.map((href) => posix.join(posix.dirname(page), decodeURIComponent(href.replace(/[?#].*/, ""))));
  }

  test("every link names a file that is there", () => {
    const isFile = (path) => existsSync(join(portal.site, path)) && statSync(join(portal.site, path)).isFile();
    const dead = pages.flatMap((page) => links(page).filter((target) => !isFile(target)).map((target) => `${page} → ${target}`));
    assert.deepEqual(dead, []);
  });

  test("every anchor that is linked to is there", () => {
    const ids = new Map(pages.map((page) => [page, new Set([...read(portal.site, page).matchAll(/\sid="([^"]+)"/g)].map((m) => m[1]))]));
    const dead = pages.flatMap((page) => [...read(portal.site, page).matchAll(/<a\b[^>]*?\shref="([^":]*)#([^"]+)"/g)]
      .map(([, path, anchor]) => [path ? posix.join(posix.dirname(page), path) : page, decodeURIComponent(anchor)])
      .filter(([target, anchor]) => ids.has(target) && !ids.get(target).has(anchor))
      .map(([target, anchor]) => `${page} → ${target}#${anchor}`));
    assert.deepEqual(dead, []);
  });

  test("every page is reached from the start page", () => {
    const seen = new Set(["index.html"]);
    for (const page of seen) links(page).filter((target) => target.endsWith(".html")).forEach((target) => seen.add(target));
    const isRedirect = (page) => /http-equiv="?refresh/i.test(read(portal.site, page));
    const unreached = pages.filter((page) => !seen.has(page) && page !== "404.html" && !isRedirect(page));
    assert.deepEqual(unreached, []);
  });

  test("the sitemap names every page that is to be found", () => {
    const map = files(portal.site).includes("sitemap.xml") ? read(portal.site, "sitemap.xml") : "";
    if (map) assert.ok(!map.includes("404.html"), "the page for what is missing is not in the sitemap");
  });

  describe("in a browser", { skip: SKIP }, () => {
    let browser;
    before(async () => { browser = await launch(); });
    after(() => browser?.close());

    test("from a file, every page opens without a fault", async () => {
      const { page, faults, close } = await open(browser);
      for (const path of Object.values(PAGES)) {
        await page.goto(pathToFileURL(join(portal.site, path.split("?")[0])).href);
        assert.ok(await page.locator("h1").count(), path);
        assert.equal(await page.evaluate(() => [...document.styleSheets].some((sheet) => sheet.href)), true, `${path} has its style`);
      }
      assert.deepEqual(faults, []);
      await close();
    });

    test("from a file, every link of the start page resolves", async () => {
      const { page, close } = await open(browser);
      await page.goto(pathToFileURL(join(portal.site, "index.html")).href);
      const targets = await page.$$eval("a[href]", (anchors) => anchors.map((a) => new URL(a.getAttribute("href"), document.baseURI).href).filter((href) => href.startsWith("file:")));
      assert.ok(targets.length > 10);
      for (const target of new Set(targets.map((href) => href.replace(/[?#].*/, "")))) {
        assert.ok((await page.goto(target)) !== undefined, target);
        assert.ok(await page.locator("h1").count() || target.endsWith(".xml"), target);
      }
      await close();
    });

    test("without JavaScript the text is there and search gives way to the registers", async () => {
      const { page, close } = await open(browser, { javaScriptEnabled: false });
      for (const [name, path] of Object.entries(PAGES)) {
        await page.goto(pathToFileURL(join(portal.site, path.split("?")[0])).href);
        const text = await page.locator("main").innerText();
        assert.ok(text.length > 40, `${name}: ${text}`);
      }
      await page.goto(pathToFileURL(join(portal.site, PAGES.search)).href);
      for (const register of ["moten.html", "beslut.html", "uppdrag.html", "overenskommelser.html", "organ.html", "amnen.html", "ordlista.html"]) {
        assert.ok(await page.locator(`main a[href="${register}"]`).first().isVisible(), register);
      }
      await page.goto(pathToFileURL(join(portal.site, PAGES.meeting)).href);
      const decision = page.locator("#b-6b-1");
      assert.ok(await decision.count(), "the decision is in the page");
      await close();
    });
  });
});
