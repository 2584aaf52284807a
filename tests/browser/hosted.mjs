// The portal built, served and open to a browser, for the tests of one `describe`.

import { after, before } from "node:test";
import { launch } from "./browser.mjs";
import { serve } from "./host.mjs";
import { build } from "./portal.mjs";

// Its `portal`, `host` and `browser` are there when the tests run.
export function hosted() {
  const at = {};
  before(async () => {
    at.portal = build();
    at.host = await serve(at.portal.site);
    at.browser = await launch();
  });
  after(async () => {
    await at.browser?.close();
    at.host?.close();
    at.portal?.remove();
  });
  return at;
}
