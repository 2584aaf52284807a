// The HTML of every page holds to the standard.

import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { HtmlValidate } from "html-validate";
import { build, files } from "./portal.mjs";

// What is a matter of taste, or of the theme's own way of writing, is off.
const OFF = ["long-title", "no-trailing-whitespace", "no-inline-style", "prefer-native-element", "no-redundant-role", "doctype-style", "tel-non-breaking"];

describe("markup", () => {
  let portal;
  before(() => { portal = build(); });
  after(() => portal?.remove());

  test("every page is valid HTML", async () => {
    const rules = Object.fromEntries(OFF.map((rule) => [rule, "off"]));
    const validator = new HtmlValidate({ root: true, extends: ["html-validate:standard"], rules });
    const faults = [];
    for (const path of files(portal.site).filter((path) => path.endsWith(".html"))) {
      const report = await validator.validateFile(join(portal.site, path));
      for (const message of report.results.flatMap((result) => result.messages)) {
        faults.push(`${path}:${message.line}:${message.column} ${message.ruleId}: ${message.message}`);
      }
    }
    assert.deepEqual(faults.slice(0, 40), []);
  });
});
