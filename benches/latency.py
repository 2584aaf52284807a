#!/usr/bin/env python3
"""Measures how long an edit takes to reach the browser, and prints a Markdown table.

  latency.py PORTAL… [--samverk BIN] [--edits 30] [--edition intern] [--lists moten.html,beslut.html] [--port 18800]

Each PORTAL is a folder that `corpus/emit_samverk.py` wrote.  A preview is started on it, and meetings all over it are
edited in turn: words of a paragraph, the title, the date, one more decision.  Every edit is one write to the file.
Times run from just before that write

  event   to the server-sent event that makes the browser load the page again,
  page    to the last byte of the page, asked for when the event came; it must hold what was written,
  lists   to the last byte of the lists of its section and body, asked for after the page,
  search  to the first answer of /api/search that holds it (title and decision).

An edit is undone before the next, which is not measured.  Only the standard library is used.
"""
import argparse
import datetime
import glob
import http.client
import json
import os
import queue
import re
import socket
import statistics
import subprocess
import threading
import time
import urllib.parse

HERE = os.path.dirname(os.path.abspath(__file__))
HOST = "127.0.0.1"
PATIENCE = 30
MONTHS = "januari februari mars april maj juni juli augusti september oktober november december".split()


def main():
    a = arguments()
    print("| documents | edit | event, ms | page, ms | lists, ms | search, ms |")
    print("| --- | --- | --- | --- | --- | --- |")
    for at, portal in enumerate(a.portals):
        measure(a, os.path.abspath(portal), a.port + at)


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("portals", nargs="+", metavar="PORTAL")
    parser.add_argument("--samverk", default=os.path.join(HERE, "..", "target", "release", "samverk"))
    parser.add_argument("--edits", type=int, default=30)
    parser.add_argument("--edition", default="intern")
    parser.add_argument("--lists", default="", help="more pages to load after each edit, with commas between")
    parser.add_argument("--port", type=int, default=18800)
    return parser.parse_args()


def measure(a, portal, port):
    files = sorted(glob.glob(os.path.join(glob.escape(portal), "content", "protokoll", "*", "*.md")))
    files = [file for file in files if not file.endswith("_index.md")]
    number = len(glob.glob(os.path.join(glob.escape(portal), "content", "**", "*.md"), recursive=True))
    argv = [a.samverk, "--root", portal, "serve", "--host", HOST, "--port", str(port), "--edition", a.edition]
    process = subprocess.Popen(argv, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        browser = Browser(port)
        browser.wait_for_search()
        for name, change in EDITS.items():
            chosen = files[:: max(1, len(files) // a.edits)][: a.edits]
            rows = [edit(a, browser, portal, file, at, change) for at, file in enumerate(chosen)]
            cells = [cell([row[key] for row in rows if row.get(key)]) for key in ("event", "page", "lists", "search")]
            print(f"| {number} | {name} | {' | '.join(cells)} |", flush=True)
    finally:
        process.terminate()
        process.wait(20)


def cell(values):
    if not values:
        return "–"
    return f"{statistics.median(values) * 1000:.1f} (worst {max(values) * 1000:.1f})"


def edit(a, browser, portal, file, at, change):
    path = os.path.relpath(file, os.path.join(portal, "content")).removesuffix(".md")
    with open(file, encoding="utf-8") as held:
        old = held.read()
    new, marker, searchable = change(old, f"Markering{at}x{time.time_ns()}")
    assert new != old, f"{file}: nothing to edit"
    lists = [f"/{os.path.dirname(path)}.html", f"/organ/{os.path.basename(os.path.dirname(path))}.html"]
    lists += [f"/{name}" for name in a.lists.split(",") if name]
    browser.get(f"/{path}.html")
    browser.forget()
    row, start = {}, time.perf_counter()
    try:
        write(file, new)
        row["event"] = browser.event() - start
        page = browser.get(f"/{path}.html")
        row["page"] = time.perf_counter() - start
        assert any(part in page for part in marker.split("|")), f"{path}: the page does not hold the edit"
        for name in lists:
            browser.get(name)
        row["lists"] = time.perf_counter() - start
        if searchable:
            while path not in browser.get(f"/api/search?q={marker}"):
                assert time.perf_counter() - start < PATIENCE, "the index does not follow"
                time.sleep(0.002)
            row["search"] = time.perf_counter() - start
    finally:
        write(file, old)
        browser.event()
        # What is done behind the page is not to be measured with the next edit.
        time.sleep(0.3)
    return row


def write(file, text):
    with open(file, "w", encoding="utf-8") as held:
        held.write(text)


def words(text, marker):
    head, body = split(text)
    at = re.search(r"^[A-ZÅÄÖ][^\n]{20,}$", body, re.M).start()
    return f"{head}{body[:at]}{marker} {body[at:]}", marker, False


def title(text, marker):
    return re.sub(r'^titel: "', f'titel: "{marker} ', text, count=1, flags=re.M), marker, True


def date(text, _):
    day = datetime.date.fromisoformat(re.search(r"^datum: (\S+)", text, re.M).group(1)) - datetime.timedelta(400)
    new = re.sub(r"^datum: \S+", f"datum: {day.isoformat()}", text, count=1, flags=re.M)
    return new, f"{day.day}\u00a0{MONTHS[day.month - 1]}\u00a0{day.year}|{day.isoformat()}", False


def decision(text, marker):
    head, body = split(text)
    at = re.search(r"^\*\*.* beslutade\*\*\n\n", body, re.M).end()
    first = re.match(r"(\d+\.|[-*]) ", body[at:])
    return f"{head}{body[:at]}{first.group(0)}att pröva {marker}\n{body[at:]}", marker, True


def split(text):
    at = text.index("\n---\n", 4) + 5
    return text[:at], text[at:]


EDITS = {"words": words, "title": title, "date": date, "decision": decision}


class Browser:
    """A page that listens for reloads, and asks for others as a browser would."""

    def __init__(self, port):
        self.port, self.events = port, queue.Queue()
        self.stream = self.listen()
        threading.Thread(target=self.read_events, daemon=True).start()

    def listen(self):
        start = time.perf_counter()
        while True:
            try:
                stream = socket.create_connection((HOST, self.port))
                break
            except ConnectionRefusedError:
                assert time.perf_counter() - start < 300, "the preview did not come up"
                time.sleep(0.05)
        stream.sendall(f"GET /live HTTP/1.1\r\nHost: {HOST}:{self.port}\r\n\r\n".encode())
        return stream

    def read_events(self):
        held = b""
        while True:
            more = self.stream.recv(65536)
            if not more:
                return
            held += more
            while b"\n\n" in held:
                event, held = held.split(b"\n\n", 1)
                if event.startswith(b"event: "):
                    self.events.put((time.perf_counter(), event))

    def event(self):
        """When the next reload came."""
        came, event = self.events.get(timeout=PATIENCE)
        assert event.startswith(b"event: reload"), event.decode()
        return came

    def forget(self):
        while not self.events.empty():
            self.events.get()

    def get(self, path):
        connection = http.client.HTTPConnection(HOST, self.port, timeout=300)
        connection.request("GET", urllib.parse.quote(path, safe="/?=&"))
        answer = connection.getresponse().read().decode("utf-8", "replace")
        connection.close()
        return answer

    def wait_for_search(self):
        json.loads(self.get("/api/search?q=beslut"))


if __name__ == "__main__":
    main()
