// What applies on a day: the browser tells of any day what a build for that day would tell.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import { SKIP, open } from "./browser.mjs";
import { serve } from "./host.mjs";
import { hosted } from "./hosted.mjs";
import { DATE, PAGES, build } from "./portal.mjs";

const UNKNOWN = ["okand", "Giltigheten framgår inte av underlaget"];
const PROLONGED = ["forlangd", "Gäller till 30 juni 2027, förlängd av Länschefsnätverkets styrgrupp 11 december 2025"];
const ENDED = ["upphort", "Upphörde att gälla 30 juni 2027"];
const CONDITIONAL = [
  "villkorat",
  "Löpte ut 31 december 2019 men gäller tills Chefsnätverket (nu Länschefsnätverket) och Välfärdsrådet har godkänt en reviderad överenskommelse",
];

// Each agreement's status and why, on the days that matter.
const TABLE = {
  "2019-12-31": { rok: UNKNOWN, old: ["galler", "Gäller till 31 december 2019"] },
  "2020-06-01": { rok: UNKNOWN, old: CONDITIONAL },
  "2026-06-30": { rok: PROLONGED, old: CONDITIONAL },
  "2026-11-22": { rok: PROLONGED, old: CONDITIONAL },
  "2027-01-15": { rok: PROLONGED, old: CONDITIONAL },
  "2027-07-01": { rok: ENDED, old: CONDITIONAL },
};
const AGREEMENTS = {
  "rok-barn-och-ungas-halsa": "rok",
  "rok-missbruk-och-beroende": "rok",
  "rok-psykisk-funktionsnedsattning": "rok",
  "overenskommelse-psykisk-funktionsnedsattning-2013-2019": "old",
  "overenskommelse-psykisk-halsa-och-suicidprevention-2026": "unknown",
  "tillaggsoverenskommelse-psykisk-halsa-och-suicidprevention-2026": "unknown",
  "halso-och-sjukvard-i-hemmet": "unknown",
};

// What the register and a page's own standing say, as a reader sees it.
const rows = (page) => page.evaluate(() => [...document.querySelectorAll("[data-grupp]:not([hidden])")].flatMap((group) =>
  [...group.querySelectorAll("tbody tr")].map((row) => [group.querySelector("h2"), ...row.cells].map((part) => part.innerText.trim().replace(/\s+/g, " ")).join(" | "))));
const standing = (page) => page.evaluate(() => [
  document.querySelector(".standing .status").className.replace("status ", ""),
  document.querySelector(".standing-words [data-del=mening]").textContent,
]);

// The next page may be asked for before the last one has got its icon.
const real = (faults) => faults.filter((fault) => !/favicon.*ERR_ABORTED/.test(fault));

describe("time", { skip: SKIP }, () => {
  const site = hosted();

  const at = (time) => async (page) => page.clock.setFixedTime(new Date(`${time}T12:00:00`));
  async function view(options, prepare = at(DATE)) {
    const opened = await open(site.browser, options);
    await prepare(opened.page);
    return opened;
  }

  for (const [day, expected] of Object.entries(TABLE)) {
    test(`every agreement on ${day}`, async () => {
      const { page, faults, close } = await view({});
      for (const [name, kind] of Object.entries(AGREEMENTS)) {
        await page.goto(`${site.host.url}overenskommelser/${name}.html?datum=${day}`);
        assert.deepEqual(await standing(page), expected[kind] ?? UNKNOWN, name);
      }
      assert.deepEqual(real(faults), []);
      await close();
    });

    test(`the browser and a build say the same of ${day}`, async () => {
      const built = build("publik", day);
      const other = await serve(built.site);
      const [static_, live] = [await view({ javaScriptEnabled: false }, async () => {}), await view({})];
      await static_.page.goto(`${other.url}overenskommelser.html`);
      await live.page.goto(`${site.host.url}overenskommelser.html?datum=${day}`);
      assert.deepEqual(await rows(live.page), await rows(static_.page));
      for (const name of Object.keys(AGREEMENTS)) {
        await static_.page.goto(`${other.url}overenskommelser/${name}.html`);
        await live.page.goto(`${site.host.url}overenskommelser/${name}.html?datum=${day}`);
        const words = (page) => page.locator(".standing-badges, .standing-words").allInnerTexts();
        assert.deepEqual(await words(live.page), await words(static_.page), name);
      }
      await Promise.all([static_.close(), live.close()]);
      other.close();
      built.remove();
    });
  }

  // What is owed on a day, by its state; what has ended by then is not among what a build for that day follows up.
  const owed = (page) => page.evaluate(() => [...document.querySelectorAll("section[data-lage]:not([hidden])")].flatMap((group) =>
    [...group.querySelectorAll(".obligation")].map((row) => [group.querySelector("h2"), row].map((part) => part.innerText.trim().replace(/\s+/g, " ")).join(" | "))));

  for (const day of ["2025-06-01", "2026-04-01", "2027-01-29", "2027-01-30", "2027-05-01", "2027-07-01", "2028-02-01"]) {
    test(`what is owed on ${day} is the same in the browser and in a build`, async () => {
      const built = build("publik", day);
      const other = await serve(built.site);
      const [static_, live] = [await view({ javaScriptEnabled: false }, async () => {}), await view({})];
      await static_.page.goto(`${other.url}uppfoljning.html`);
      await live.page.goto(`${site.host.url}uppfoljning.html?datum=${day}`);
      const of = (rows) => rows.filter((row) => !/upphör att gälla|gäller tills/.test(row)).sort();
      assert.deepEqual(of(await owed(live.page)), of(await owed(static_.page)));
      await Promise.all([static_.close(), live.close()]);
      other.close();
      built.remove();
    });
  }

  test("in two clicks: who follows up on processgrupp samsjuklighet, and when next?", async () => {
    const { page, close } = await view({});
    await page.goto(site.host.url + PAGES.start);
    await page.getByRole("link", { name: "All uppföljning" }).click();
    const row = page.locator(".obligation", { hasText: "Samlad uppföljning" }).filter({ has: page.locator("[data-manader]") });
    const words = (await row.innerText()).replace(/\s+/g, " ");
    assert.match(words, /Ansvarar: Regional processgrupp samsjuklighet · Till: Länschefsnätverkets styrgrupp/);
    assert.match(words, /räknat från antagandet blir nästa gång 29 januari 2027/);
    await row.getByRole("link", { name: "Regional processgrupp samsjuklighet" }).last().click();
    assert.match(await page.locator("#ataganden + ul").innerText(), /Samlad uppföljning/);
    await close();
  });

  test("a matter is followed over meetings and bodies", async () => {
    const { page, close } = await view({});
    await page.goto(site.host.url + PAGES.meeting);
    await page.locator("#b-6b-1").getByRole("link", { name: "Följ frågan" }).click();
    const steps = await page.locator(".chain > li").allInnerTexts();
    assert.deepEqual(steps.map((step) => step.split("\n")[0]), ["11 december 2025", "29 januari 2026", "29 januari 2026"]);
    assert.match(steps[0], /Länschefsnätverkets styrgrupp[\s\S]*ska tas fram/);
    assert.match(steps[1], /att anta uppdragsbeskrivningen[\s\S]*Antar: Regional processgrupp samsjuklighet[\s\S]*Fullgör: Länschefsnätverkets styrgrupp 11 december 2025/);
    assert.match(await page.locator("main").innerText(), /Det som följer[\s\S]*Samlad uppföljning/);
    await close();
  });

  test("what follows for a municipality is found from the follow-up page", async () => {
    const { page, close } = await view({});
    await page.goto(site.host.url + PAGES["follow-up"]);
    await page.getByRole("navigation", { name: "Efter ansvarig" }).getByRole("link", { name: "Falu kommun" }).click();
    assert.equal(await page.locator("h1").innerText(), "Vad följer för Falu kommun?");
    assert.match(await page.locator("main").innerText(), /är part i[\s\S]*2013–2019[\s\S]*utan noterade parter[\s\S]*RÖK Missbruk och beroende/);
    await close();
  });

  test("a day is chosen, stands in the address, and is left again", async () => {
    const { page, faults, close } = await view({});
    await page.goto(site.host.url + PAGES["register of agreements"]);
    const before = await rows(page);
    await page.getByLabel("Visa läget den").fill("2027-07-01");
    await page.getByRole("button", { name: "Visa", exact: true }).click();
    assert.match(page.url(), /\?datum=2027-07-01$/);
    assert.match(await page.getByRole("status").innerText(), /Visar läget den 1 juli 2027\. Beslut som har publicerats efter 22 november 2026 är inte med\./);
    assert.match((await rows(page)).join("\n"), /Gäller inte längre \| RÖK Missbruk och beroende/);
    await page.goBack();
    assert.deepEqual(await rows(page), before);
    await page.goto(`${site.host.url}overenskommelser.html?datum=2027-02-30`);
    assert.deepEqual(await rows(page), before, "a day that is none is passed over");
    assert.deepEqual(real(faults), []);
    await close();
  });

  test("a page read later recomputes and says so; one read in time says nothing", async () => {
    const late = await view({}, at("2027-07-03"));
    await late.page.goto(site.host.url + PAGES.agreement);
    assert.deepEqual(await standing(late.page), ENDED);
    assert.match(await late.page.getByRole("status").innerText(), /^Sidan byggdes 22 november 2026; läget är omräknat till i dag, 3 juli 2027\./);
    await late.page.goto(site.host.url + PAGES.about);
    assert.equal(await late.page.locator(".day").count(), 0, "a page that says nothing of any day has nothing to recompute");
    await late.close();
    const fresh = await view({});
    await fresh.page.goto(site.host.url + PAGES.agreement);
    assert.equal(await fresh.page.locator(".day").count(), 0);
    await fresh.close();
  });

  test("from a file too, and without JavaScript the build's own day", async () => {
    const file = pathToFileURL(`${site.portal.site}/`).href + "overenskommelser.html?datum=2027-07-01";
    const live = await view({});
    await live.page.goto(file);
    assert.match((await rows(live.page)).join("\n"), /Gäller inte längre \| RÖK Missbruk och beroende/);
    assert.deepEqual(real(live.faults), []);
    await live.close();
    const static_ = await view({ javaScriptEnabled: false }, async () => {});
    await static_.page.goto(file);
    assert.match((await rows(static_.page)).join("\n"), /Gäller \| RÖK Missbruk och beroende/);
    assert.ok(await static_.page.locator(".day-form").isHidden());
    await static_.close();
  });

  test("in one click: does the agreement on missbruk apply, and what was decided last?", async () => {
    const { page, close } = await view({});
    await page.goto(site.host.url + PAGES.start);
    assert.match(await page.locator("li", { hasText: "RÖK Missbruk och beroende" }).first().innerText(), /Förlängd till 2027-06-30/);
    await page.getByRole("link", { name: "RÖK Missbruk och beroende" }).first().click();
    assert.deepEqual(await standing(page), PROLONGED);
    await page.goBack();
    await page.getByRole("link", { name: "Länschefsnätverket 29 januari 2026" }).first().click();
    assert.match(await page.locator("#b-6b-1").innerText(), /att anta uppdragsbeskrivningen/);
    await close();
  });
});
