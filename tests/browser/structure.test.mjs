// The figure of the structure as a browser draws it, with its own fonts: nothing overlaps, and all of it is in the tree.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { SKIP, open, violations } from "./browser.mjs";
import { hosted } from "./hosted.mjs";
import { PAGES } from "./portal.mjs";

// Boxes, words and links of every figure on the page, in pixels of the screen.
const measure = (page) => page.evaluate(() => [...document.querySelectorAll("svg.struktur")].map((svg) => {
  const area = (element) => { const { left, top, right, bottom } = element.getBoundingClientRect(); return { left, top, right, bottom }; };
  const words = (element) => ({ ...area(element), text: element.textContent });
  const nodes = [...svg.querySelectorAll(".nod")].filter((node) => !node.closest(".forklaring")).map((node) => ({
    name: node.textContent.replace(/\s+/g, " ").trim(),
    box: area(node.querySelector(":scope > rect")),
    words: [...node.querySelectorAll(":scope > text")].map(words),
    chips: [...node.querySelectorAll(":scope > a")].map((chip) => ({ box: area(chip.querySelector("rect")), words: words(chip.querySelector("text")) })),
  }));
  return { nodes, labels: [...svg.querySelectorAll(".niva-namn")].map(words), legend: [...svg.querySelectorAll(".forklaring text")].map(words), svg: area(svg) };
}));

const SLACK = 0.75;
const overlap = (a, b) => a.left < b.right - SLACK && b.left < a.right - SLACK && a.top < b.bottom - SLACK && b.top < a.bottom - SLACK;
const inside = (inner, outer) => inner.left >= outer.left - SLACK && inner.right <= outer.right + SLACK && inner.top >= outer.top - SLACK && inner.bottom <= outer.bottom + SLACK;

function faults({ nodes, labels, legend, svg }) {
  const found = [];
  const apart = (items, what) => items.forEach((a, at) => items.slice(at + 1).forEach((b) => {
    if (overlap(a.box ?? a, b.box ?? b)) found.push(`${what}: ${a.name ?? a.text} / ${b.name ?? b.text}`);
  }));
  apart(nodes, "boxes overlap");
  apart(nodes.flatMap((node) => node.words), "words overlap");
  apart([...labels, ...legend], "labels overlap");
  for (const node of nodes) {
    if (!inside(node.box, svg)) found.push(`outside the figure: ${node.name}`);
    node.words.filter((words) => !inside(words, node.box)).forEach((words) => found.push(`words outside their box: ${words.text}`));
    apart(node.chips, "links overlap");
    for (const chip of node.chips) {
      if (!inside(chip.box, node.box) || !inside(chip.words, chip.box)) found.push(`link outside its box: ${chip.words.text}`);
    }
    labels.filter((label) => overlap(label, node.box)).forEach((label) => found.push(`a row's name under a box: ${label.text}`));
  }
  return found;
}

describe("structure", { skip: SKIP }, () => {
  const site = hosted();

  const FIGURES = [PAGES.start, PAGES.structure, PAGES.body, "organ/lanschefsnatverkets-styrgrupp.html", "organ/processgrupp-samsjuklighet.html", "organ/rss-dalarna.html", PAGES["structure of another time"]];
  for (const [name, options, media] of [
    ["light", { colorScheme: "light" }],
    ["dark", { colorScheme: "dark" }],
    ["print", { colorScheme: "light" }, "print"],
  ]) {
    test(`nothing overlaps at 1280 px, ${name}`, async () => {
      const { page, close } = await open(site.browser, { viewport: { width: 1280, height: 900 }, ...options });
      for (const path of FIGURES) {
        await page.goto(site.host.url + path);
        await page.emulateMedia({ media: media ?? "screen" });
        const figures = await measure(page);
        assert.ok(figures.length > 0 && figures[0].nodes.length > 2, `${path} has a figure`);
        assert.deepEqual(figures.flatMap(faults), [], path);
      }
      await close();
    });
  }

  test("at 360 px the tree stands for the figure and nothing scrolls sideways", async () => {
    const { page, close } = await open(site.browser, { viewport: { width: 360, height: 740 } });
    await page.goto(site.host.url + PAGES.structure);
    assert.ok(await page.locator("svg.struktur").isHidden());
    assert.ok(await page.locator(".tree").isVisible());
    assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= 360);
    assert.deepEqual(await violations(page), []);
    await close();
  });

  test("the tree holds every body and every line of the figure", async () => {
    const { page, close } = await open(site.browser, { viewport: { width: 1280, height: 900 } });
    await page.goto(site.host.url + PAGES.structure);
    const { drawn, told, lines, untold } = await page.evaluate(() => {
      const links = (root, selector) => [...root.querySelectorAll(selector)].map((link) => link.getAttribute("href"));
      const svg = document.querySelector("svg.struktur"), tree = document.querySelector(".tree");
      // A line's own words name both its ends; both must stand in one entry of the tree, or in an entry and the one above.
      const entries = [...tree.querySelectorAll("li")].map((li) => {
        const own = [...li.children].filter((part) => part.tagName === "P").map((part) => part.textContent).join(" ");
        const above = li.parentElement.closest("li")?.querySelector(":scope > p")?.textContent ?? "";
        return `${own} ${/organet ovan/.test(own) ? above : ""}`.replace(/\s+/g, " ");
      });
      const kinds = / (styr eller är överordnat|ger uppdrag till|bereder för och rapporterar till|bereder för|rapporterar till|ingår i) /;
      const lines = [...svg.querySelectorAll(".kant > desc")].map((desc) => desc.textContent);
      const untold = lines.filter((line) => {
        const [from, , to] = line.split(kinds);
        return !/^15 kommuner$/.test(from) && !/^15 kommuner$/.test(to) && !entries.some((entry) => entry.includes(from) && entry.includes(to));
      });
      return { drawn: links(svg, "a[href]"), told: links(tree, "li > p:first-child > a"), lines: lines.length, untold };
    });
    assert.ok(drawn.length > 40 && lines > 20, `${drawn.length} bodies, ${lines} lines`);
    assert.deepEqual(drawn.filter((href) => !told.includes(href)), []);
    assert.deepEqual(untold, []);
    await close();
  });

  test("every body that the sources name for Dalarna is in the figure", async () => {
    const { page, close } = await open(site.browser);
    await page.goto(site.host.url + PAGES.structure);
    const words = (await page.locator("svg.struktur").evaluate((svg) => [...svg.querySelectorAll(".nod")].map((node) => [...node.querySelectorAll(":scope > text")].map((text) => text.textContent).join(" ")).join("\n"))).replace(/-\s+/g, "-");
    const NAMES = ["Hälso- och sjukvårdsnämnden", "Välfärdsrådet", "Nämnder för socialtjänstens", "Hälso- och sjukvårdsledningen", "Länschefsnätverket", "Socialchefsnätverket", "Kommundirektörernas ledningsgrupper", "Länschefsnätverkets styrgrupp", "Socialchefsnätverkets styrgrupp", "Divisionsledning psykiatri och habilitering och primärvård", "Ledningsgrupper i kommunerna", "IFO-chefsnätverk", "LSS/SoL-chefsnätverk", "Regional processgrupp samsjuklighet", "Regional processgrupp psykisk hälsa och suicidprevention", "Regional systemledning God och nära vård", "Processgrupp psykiatri och habilitering", "Processgrupp primärvård", "Processgrupp kommuner", "Lokal arbetsgrupp för revidering", "LAG samsjuklighet inom primärvården", "Tillfälliga arbetsgrupper", "LPO psykisk hälsa", "RSS Dalarna", "Omställning hälso- och sjukvård", "Länets brukarinflytandesamordnare", "Länets suicidpreventionssamordnare", "Utvecklingsledare", "Medicinskt ansvariga i kommunerna", "Region Dalarna", "15 kommuner"];
    const flat = (text) => text.replace(/[\s-]+/g, "").toLowerCase();
    assert.deepEqual(NAMES.filter((name) => !flat(words).includes(flat(name))), []);
    await close();
  });

  test("the structure of another day is a page of its own", async () => {
    const { page, close } = await open(site.browser);
    await page.goto(site.host.url + PAGES.structure);
    assert.match(await page.locator("svg.struktur").textContent(), /Samsjuklighetsdelegationen/);
    await page.getByLabel("Visa strukturen den").fill("2020-06-01");
    await page.getByRole("button", { name: "Visa", exact: true }).click();
    await page.waitForURL(/struktur\/den-2024-12-31\.html$/);
    assert.doesNotMatch(await page.locator("svg.struktur").textContent(), /Samsjuklighetsdelegationen/);
    await page.getByRole("link", { name: "Visa strukturen i dag" }).click();
    await page.waitForURL(/struktur\.html$/);
    await close();
  });
});
