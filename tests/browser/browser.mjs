// Chromium as the system has it, and pages that remember everything that went wrong in them.

import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import axe from "axe-core";
import { chromium } from "playwright-core";

export const SKIP = executable() ? false : "no Chromium on PATH (set CHROMIUM)";

const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

function executable() {
  const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
  const folders = (process.env.PATH || "").split(delimiter);
  const found = folders.flatMap((folder) => names.map((name) => join(folder, name)));
  return [process.env.CHROMIUM, ...found].find((path) => path && existsSync(path));
}

export function launch() {
  // Chromium refuses its sandbox to the superuser, who runs the tests in a container.
  const args = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  return chromium.launch({ executablePath: executable(), args });
}

// A page with its faults: messages of the console, scripts that threw, requests that failed.
export async function open(browser, options = {}) {
  const context = await browser.newContext({ locale: "sv-SE", reducedMotion: "reduce", ...options });
  await context.addInitScript({ content: axe.source });
  const page = await context.newPage();
  const faults = [];
  page.on("console", (message) => ["error", "warning"].includes(message.type()) && faults.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => faults.push(`script: ${error.message}`));
  // To leave a page gives up what it was still loading; what is missing is answered with 404.
  const GIVEN_UP = "net::ERR_ABORTED";
  page.on("requestfailed", (request) => {
    const reason = request.failure()?.errorText;
    if (reason !== GIVEN_UP) faults.push(`request: ${request.url()} ${reason}`);
  });
  page.on("response", (response) => response.status() >= 400 && faults.push(`${response.status()}: ${response.url()}`));
  return { page, faults, close: () => context.close() };
}

// What axe finds on the page as it stands: one line a fault.
export async function violations(page) {
  const found = await page.evaluate((rules) => globalThis.axe.run({ runOnly: rules }), RULES);
  return found.violations.flatMap((rule) => rule.nodes.map((node) => `${rule.id}: ${node.target.join(" ")}: ${node.failureSummary}`));
}

// Waits until a search has answered, with hits or without.
export function answered(page) {
  return page.locator("[role=status]", { hasText: /träff/ }).first().waitFor({ timeout: 10_000 });
}
