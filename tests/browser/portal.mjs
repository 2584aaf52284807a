// The portal under test, built once for each test file into a temporary folder.

import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";

export const DATE = "2026-11-22";
export const PROJECT = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
export const SHARED = process.env.SAMVERK_SHARED || join(PROJECT, "..", "shared");

// The pages that every promise is held on. Paths are below the site's root.
export const PAGES = {
  start: "index.html",
  meeting: "moten/2026-01-29-lanschefsnatverket.html",
  agreement: "overenskommelser/rok-barn-och-ungas-halsa.html",
  "agreement with a conditional past": "overenskommelser/rok-psykisk-funktionsnedsattning.html",
  assignment: "uppdrag/processgrupp-samsjuklighet.html",
  "assignment read by machine": "uppdrag/processgrupp-psykisk-halsa.html",
  "assignment of another county": "uppdrag/integrerade-arbetssatt-sormland.html",
  body: "organ/lanschefsnatverket.html",
  topic: "amnen/samsjuklighet.html",
  "register of meetings": "moten.html",
  "register of decisions": "beslut.html",
  "register of assignments": "uppdrag.html",
  "register of agreements": "overenskommelser.html",
  "register of bodies": "organ.html",
  "register of topics": "amnen.html",
  structure: "struktur.html",
  "structure of another time": "struktur/den-2024-12-31.html",
  "a matter": "fragor/uppdrag-processgrupp-samsjuklighet.html",
  "decisions of a sort": "beslut/typ-antar.html",
  "follow-up": "uppfoljning.html",
  "what follows for a municipality": "uppfoljning/organ-falun.html",
  "what follows for a group": "uppfoljning/organ-processgrupp-samsjuklighet.html",
  glossary: "ordlista.html",
  search: "sok.html",
  "search with hits": "sok.html?q=samsjuklighet",
  "search without hits": "sok.html?q=xyzzyplugh",
  "accessibility statement": "tillganglighet.html",
  about: "om.html",
  "editor's guide": "redigera.html",
  "open data": "oppna-data.html",
  "not found": "404.html",
};

export function binary() {
  const name = process.platform === "win32" ? "samverk.exe" : "samverk";
  const target = process.env.CARGO_TARGET_DIR || join(PROJECT, "target");
  const candidates = [process.env.SAMVERK_BIN, join(target, "release", name), join(target, "debug", name)];
  const found = candidates.find((path) => path && existsSync(path));
  if (!found) throw new Error("no samverk binary: build it first, or set SAMVERK_BIN");
  return found;
}

// A copy of the project's own portal, so that nothing is written beside the sources.
export function copyPortal() {
  const folder = mkdtempSync(join(tmpdir(), "samverk-browser-"));
  for (const part of ["site", "content", "themes"]) {
    if (existsSync(join(PROJECT, part))) cpSync(join(PROJECT, part), join(folder, part), { recursive: true });
  }
  return folder;
}

export function build(edition = "publik", date = DATE) {
  const root = copyPortal();
  const site = join(root, "out");
  const options = ["--quiet", "--root", root, "build", "--date", date, "--edition", edition, "--output", site];
  execFileSync(binary(), options, { stdio: "inherit" });
  return { root, site, remove: () => rmSync(root, { recursive: true, force: true }) };
}

// Every file of a folder by its path, with "/" between the parts.
export function files(folder) {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => relative(folder, join(entry.parentPath ?? entry.path, entry.name)).split(sep).join("/")).sort();
}

export const read = (folder, path) => readFileSync(join(folder, path), "utf8");
