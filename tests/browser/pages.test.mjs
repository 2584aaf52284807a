// Every kind of page on a narrow host: axe finds nothing, the console is silent, nothing missing is asked for.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { SKIP, answered, open, violations } from "./browser.mjs";
import { hosted } from "./hosted.mjs";
import { PAGES } from "./portal.mjs";

const SIZES = [{ width: 360, height: 740 }, { width: 1280, height: 900 }];

describe("pages", { skip: SKIP }, () => {
  const site = hosted();

  for (const colorScheme of ["light", "dark"]) {
    for (const viewport of SIZES) {
      test(`${colorScheme}, ${viewport.width} px wide`, async (t) => {
        const { page, faults, close } = await open(site.browser, { colorScheme, viewport });
        for (const [name, path] of Object.entries(PAGES)) {
          await t.test(name, async () => {
            faults.length = 0;
            await page.goto(site.host.url + path);
            if (path.includes("?q=")) await answered(page);
            assert.deepEqual(await violations(page), []);
            assert.deepEqual(faults, []);
          });
        }
        await close();
      });
    }
  }

  test("text reflows at 320 px, and at twice the size on a desk", async (t) => {
    const { page, close } = await open(site.browser, { viewport: { width: 320, height: 640 } });
    for (const [name, path] of Object.entries(PAGES)) {
      await t.test(name, async () => {
        await page.goto(site.host.url + path);
        const wide = () => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        assert.ok((await wide()) <= 0, `scrolls ${await wide()} px sideways`);
        const figures = await page.$$eval("figure", (all) => all.filter((figure) => figure.scrollWidth > figure.clientWidth).map((figure) => figure.className));
        assert.deepEqual(figures, [], "a figure scrolls sideways");
        await page.setViewportSize({ width: 1280, height: 900 });
        // The script may set a style: it is made by the browser's owner, as a reader's own setting is.
        await page.evaluate(() => { document.documentElement.style.fontSize = "200%"; });
        assert.ok((await wide()) <= 0, `scrolls ${await wide()} px sideways at twice the text size`);
        await page.setViewportSize({ width: 320, height: 640 });
      });
    }
    await close();
  });

  test("the skip link comes first and leads to the content", async () => {
    const { page, close } = await open(site.browser);
    await page.goto(site.host.url + PAGES.meeting);
    await page.keyboard.press("Tab");
    assert.match(await page.evaluate(() => document.activeElement.textContent), /Till innehållet/);
    await page.keyboard.press("Enter");
    assert.equal(await page.evaluate(() => document.activeElement.tagName), "MAIN");
    await close();
  });

  test("a decision's own address leads to its clause", async () => {
    const { page, close } = await open(site.browser);
    await page.goto(site.host.url + PAGES.meeting + "#b-6b-1");
    assert.ok(await page.locator("#b-6b-1").isVisible());
    assert.match(await page.locator("#b-6b-1").innerText(), /att /);
    await close();
  });

  test("nothing that is not there was asked for", () => assert.deepEqual(site.host.missing, []));
});
