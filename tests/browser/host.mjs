// A narrow municipal web host on loopback: the shared strict server, or the same rules in small when that is not there.

import { spawn, spawnSync } from "node:child_process";
import { createReadStream, existsSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { createServer as createSocket } from "node:net";
import { extname, join } from "node:path";
import { SHARED } from "./portal.mjs";

const SUBPATH = "/a/b/";
const CSP = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
  + "form-action 'self'; base-uri 'none'; frame-ancestors 'self'";
const TYPES = {
  ".html": "text/html", ".css": "text/css", ".js": "application/javascript", ".json": "application/json", ".xml": "text/xml",
  ".txt": "text/plain", ".svg": "image/svg+xml", ".png": "image/png", ".pdf": "application/pdf", ".csv": "application/octet-stream",
};

// → { url, missing: paths that were asked for and are not there, close }
export async function serve(site) {
  const script = join(SHARED, "hosttest", "strict_server.py");
  const python = existsSync(script) && ["python3", "python"].find((name) => spawnSync(name, ["--version"]).status === 0);
  return python ? strict(python, script, site) : small(site);
}

async function strict(python, script, site) {
  const port = await freePort();
  const missing = [];
  const rules = ["--csp", "--iis", "--noindex", "--ci", "--subpath", SUBPATH];
  const server = spawn(python, [script, site, String(port), ...rules], { stdio: ["ignore", "pipe", "inherit"] });
  server.stdout.on("data", (text) => missing.push(...String(text).split("\n").filter(Boolean)));
  const origin = `http://127.0.0.1:${port}`;
  for (let tries = 0; tries < 100; tries++) {
    const up = await fetch(`${origin}${SUBPATH}index.html`).then((answer) => answer.ok, () => false);
    if (up) return { url: origin + SUBPATH, missing, close: () => server.kill() };
    await new Promise((done) => setTimeout(done, 50));
  }
  server.kill();
  throw new Error("the strict server did not come up");
}

async function small(site) {
  const missing = [];
  const server = createServer((request, answer) => {
    const path = decodeURIComponent(new URL(request.url, "http://host").pathname);
    const file = path.startsWith(SUBPATH) && join(site, path.slice(SUBPATH.length));
    if (!file || !existsSync(file) || !statSync(file).isFile() || !TYPES[extname(file)]) {
      missing.push(request.url);
      return answer.writeHead(404).end();
    }
    const headers = { "content-type": TYPES[extname(file)], "x-content-type-options": "nosniff", "content-security-policy": CSP };
    createReadStream(file).pipe(answer.writeHead(200, headers));
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  return { url: `http://127.0.0.1:${server.address().port}${SUBPATH}`, missing, close: () => server.close() };
}

export async function freePort() {
  const socket = createSocket();
  await new Promise((done) => socket.listen(0, "127.0.0.1", done));
  const { port } = socket.address();
  await new Promise((done) => socket.close(done));
  return port;
}
