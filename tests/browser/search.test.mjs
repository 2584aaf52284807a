// Search by keyboard alone, over HTTP on a narrow host and from a file.

import assert from "node:assert/strict";
import { join } from "node:path";
import { describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import { SKIP, answered, open } from "./browser.mjs";
import { hosted } from "./hosted.mjs";
import { PAGES } from "./portal.mjs";

const ODD = [
  "§?!%&/(=", "\"obalanserad", "”obalanserad \"", "a\u0001b\u0007c", "<script>alert(1)</script>", "<img src=x onerror=alert(1)>",
  "organ:", "-\"", "typ:finnsinte år:-1", "ärende ".repeat(1_500), "x".repeat(10_000), "[a-z]+(?:", "samsjuklighet"
];

describe("search", { skip: SKIP }, () => {
  const site = hosted();

  const places = { "over HTTP": () => site.host.url, "from a file": () => pathToFileURL(join(site.portal.site, "/")).href };
  for (const [where, base] of Object.entries(places)) {
    test(`${where}: type, arrows, Enter`, async () => {
      const { page, faults, close } = await open(site.browser);
      await page.goto(base() + PAGES.search);
      const field = page.locator("main input[type=search]");
      await focusByTab(page, field);
      await page.keyboard.type("samsjuklighet");
      await answered(page);
      assert.match(await page.locator("[role=status]").first().innerText(), /\d+ träff/);
      assert.ok(await page.locator("main mark").count(), "what was found is marked");
      await page.keyboard.press("ArrowDown");
      const href = await page.evaluate(() => document.activeElement.getAttribute("href"));
      assert.ok(href, "the first arrow leads to a hit");
      await page.keyboard.press("ArrowDown");
      assert.notEqual(await page.evaluate(() => document.activeElement.getAttribute("href")), null);
      await page.keyboard.press("ArrowUp");
      assert.equal(await page.evaluate(() => document.activeElement.getAttribute("href")), href);
      await page.keyboard.press("Enter");
      await page.waitForURL((url) => url.href.startsWith(base()) && !url.href.includes("sok.html"));
      assert.deepEqual(faults, []);
      await close();
    });

    test(`${where}: Esc clears`, async () => {
      const { page, faults, close } = await open(site.browser);
      await page.goto(base() + PAGES.search);
      const field = page.locator("main input[type=search]");
      await field.focus();
      await page.keyboard.type("samsjuklighet");
      await answered(page);
      await page.keyboard.press("Escape");
      assert.equal(await field.inputValue(), "");
      await page.waitForFunction(() => !document.querySelector("main mark"));
      assert.ok(await page.locator('main a[href="beslut.html"]').isVisible(), "the registers are back");
      assert.deepEqual(faults, []);
      await close();
    });

    test(`${where}: what was asked for can be gone back to, what was typed on the way cannot`, async () => {
      const { page, faults, close } = await open(site.browser);
      await page.goto(base() + PAGES.search);
      const field = page.locator("main input[type=search]"), status = page.locator("#sok-antal");
      const shows = (words) => page.waitForFunction((words) => document.getElementById("sok-antal").textContent.includes(words), words);
      await field.focus();
      await page.keyboard.type("samsjuklighet");
      await page.keyboard.press("Enter");
      await shows("samsjuklighet");
      const all = await status.innerText();
      await page.locator("#sok-filter input").first().waitFor();
      await page.locator("#sok-filter input").first().focus();
      await page.keyboard.press("Space");
      await page.waitForFunction((all) => document.getElementById("sok-antal").textContent !== all, all);
      assert.ok(await page.evaluate(() => document.activeElement.checked), "the filter keeps the focus");
      await field.fill("");
      await field.focus();
      await page.keyboard.type("medel", { delay: 150 });
      await shows("medel");
      await page.goBack();
      await shows("samsjuklighet");
      assert.equal(await page.locator("#sok-filter input:checked").count(), 1);
      await page.goBack();
      await page.waitForFunction((all) => document.getElementById("sok-antal").textContent === all, all);
      assert.equal(await field.inputValue(), "samsjuklighet");
      assert.deepEqual(faults, []);
      await close();
    });

    test(`${where}: / leads to the field of every page`, async () => {
      const { page, faults, close } = await open(site.browser);
      for (const path of ["index.html", PAGES.meeting, PAGES.search]) {
        await page.goto(base() + path);
        await page.locator("nav a").first().focus();
        await page.keyboard.press("/");
        await page.waitForFunction(() => document.activeElement.type === "search");
        assert.equal(await page.evaluate(() => document.activeElement.value), "", path);
      }
      assert.deepEqual(faults, []);
      await close();
    });

    test(`${where}: whatever is typed is answered, and nothing of it runs`, async () => {
      const { page, faults, close } = await open(site.browser);
      page.on("dialog", (dialog) => { faults.push(dialog.message()); dialog.dismiss(); });
      await page.goto(base() + PAGES.search);
      for (const typed of ODD) {
        await page.locator("main input[type=search]").fill(typed);
        await page.keyboard.press("Enter");
        await page.waitForFunction((q) => document.getElementById("sok-antal").textContent.includes(q), typed.slice(0, 40).trim());
        await answered(page);
        assert.equal(await page.locator("main img, main :is(#sok-traffar, #sok-forslag) script").count(), 0, typed.slice(0, 40));
      }
      assert.deepEqual(faults, []);
      await close();
    });

    test(`${where}: the box in a page's head leads to the hits`, async () => {
      const { page, faults, close } = await open(site.browser);
      await page.goto(base() + PAGES.meeting);
      await page.locator("header input[type=search]").fill("mini maria");
      await page.keyboard.press("Enter");
      await answered(page);
      assert.match(page.url(), /sok\.html/);
      assert.equal(await page.locator("main input[type=search]").inputValue(), "mini maria");
      assert.deepEqual(faults, []);
      await close();
    });
  }

  test("nothing that is not there was asked for", () => assert.deepEqual(site.host.missing, []));
});

async function focusByTab(page, field) {
  const wanted = await field.getAttribute("id");
  for (let steps = 0; steps < 40; steps++) {
    if ((await page.evaluate(() => document.activeElement.id)) === wanted) return;
    await page.keyboard.press("Tab");
  }
  assert.fail("the search field cannot be reached by Tab");
}
