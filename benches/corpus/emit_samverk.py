#!/usr/bin/env python3
"""Writes a samverk portal from the model of the shared benchmark corpus.

  emit_samverk.py --model MODEL --out PORTAL [--theme bench|portal] [--shared DIR]

MODEL is the folder that `gen_corpus.py model` writes (site.json, docs.jsonl).  DIR holds `bench/gen_corpus.py`; it
is taken from the environment variable SAMVERK_SHARED, or `shared` beside the project, when it is not given.

`bench` is the theme beside this file: the same pages and the same HTML structure as the shared Hugo theme, so that
the two builds can be compared.  `portal` is the default theme with every register, for the weight of real pages.
Only the standard library is used.
"""
import argparse
import json
import os
import shutil
import sys

HERE = os.path.dirname(os.path.abspath(__file__))

# `protokoll` of the corpus are meetings, `uppdrag` assignments, `avtal` agreements.
TYPES = {"protokoll": "möte", "uppdrag": "uppdrag", "avtal": "överenskommelse"}
ASSIGNMENT_STATUS = {"gällande": "pågående", "utkast": "utkast", "avslutat": "avslutat"}
SUMMARY_LIMIT = 300


def shared_folder(given=None):
    """The folder of shared material: as given, from the environment, or beside the project."""
    return given or os.environ.get("SAMVERK_SHARED") or os.path.join(HERE, "..", "..", "..", "shared")


def load_generator(shared):
    """The module `gen_corpus`, for its Markdown and its reading of the model."""
    folder = os.path.join(shared, "bench")
    if not os.path.exists(os.path.join(folder, "gen_corpus.py")):
        sys.exit(f"no bench/gen_corpus.py below {shared}: give --shared or set SAMVERK_SHARED")
    sys.path.insert(0, folder)
    import gen_corpus
    return gen_corpus


def emit(gen, site, docs, out, theme):
    """Writes registers, sections, documents and the theme into the folder `out`."""
    write_registers(gen, site, out, theme)
    for path, title in sections(gen, site):
        gen.write(out, os.path.join("content", path, "_index.md"), section(path, title))
    for doc in docs:
        gen.write(out, f"content/{doc['section']}/{doc['slug']}.md", document(gen, doc))
    if theme == "bench":
        shutil.copytree(os.path.join(HERE, "theme"), os.path.join(out, "themes", "bench"), dirs_exist_ok=True)


def write_registers(gen, site, out, theme):
    facts = {"titel": site["title"], "beskrivning": site["description"], "ägare": site["name"],
             "bas_url": "https://portal.example/", "språk": site["lang"], "tema": theme, "per_sida": 25,
             "kontakt": {"namn": site["name"]}, "tillgänglighet": statement(site)}
    if theme == "bench":
        facts["register"] = ["organ", "ämnen"]
    gen.write(out, "site/site.yaml", yaml(facts))
    bodies = [{"id": body["slug"], "namn": body["name"], "nivå": tier(body["name"]), "huvudman": "kommun"}
              for body in site["bodies"]]
    gen.write(out, "site/organ.yaml", "".join(entry(body) for body in bodies))
    topics = [{"id": topic["slug"], "namn": topic["name"]} for topic in site["topics"]]
    gen.write(out, "site/ämnen.yaml", "".join(entry(topic) for topic in topics))


def statement(site):
    return {"aktör": site["name"], "tjänst": site["title"], "nivå": "helt", "bedömd": "2026-01-15",
            "uppdaterad": "2026-01-15", "metod": "Självskattning", "kontakt": site["name"],
            "tillsyn": "https://www.digg.se/tdosanmalan", "oskäligt_betungande": "Inget undantag åberopas",
            "undantag": "Inget innehåll har undantagits"}


def tier(name):
    return "politisk" if name.endswith(("nämnden", "fullmäktige", "styrelsen", "utskott")) else "operativ"


def sections(gen, site):
    yield "", site["title"]
    yield from gen.KINDS.items()
    for body in site["bodies"]:
        yield "protokoll/" + body["slug"], body["name"]


def section(path, title):
    facts = {"titel": title, "sortering": "datum", "per_sida": 25}
    if path:
        facts["förval"] = {"typ": TYPES[path.partition("/")[0]], "synlighet": "publik"}
    return f"---\n{yaml(facts)}---\n"


def document(gen, doc):
    text = gen.markdown({**doc, "sections": list(canonical(doc))}, lambda target: f"@/{target}.md")
    return f"---\n{yaml(front_matter(doc))}---\n\n{text}"


def front_matter(doc):
    facts = {"typ": TYPES[doc["kind"]], "titel": doc["title"], "datum": doc["date"], "organ": doc["body"],
             "ämnen": doc["topics"], "synlighet": "publik", "sammanfattning": doc["summary"][:SUMMARY_LIMIT],
             "dnr": doc["ref"], "versioner": [{"version": "1", "datum": doc["updated"]}]}
    return facts | globals()["_" + doc["kind"]](doc)


def _protokoll(doc):
    roles = ["ordförande", "vice ordförande"]
    return {"form": "protokoll",
            "närvarande": [{"namn": name, "roll": roles[at] if at < len(roles) else "ledamot"}
                           for at, name in enumerate(doc["people"])]}


def _uppdrag(doc):
    return {"form": "uppdragsbeskrivning", "status": ASSIGNMENT_STATUS[doc["status"]],
            "roller": [{"roll": "Uppdragsledare", "innehavare": doc["people"]}]}


def _avtal(doc):
    return {"form": "LÖK", "parter": doc["parties"],
            "giltighet": [{"händelse": "antagen", "från": doc["valid_from"], "till": doc["valid_to"],
                           "datum": doc["date"], "organ": doc["body"]}]}


def canonical(doc):
    """The document's sections with decisions written the way samverk's editors write them, word for word the same."""
    lead = f"{doc['body_name']} beslutade"
    for part in doc["sections"]:
        if part["heading"] != "Beslut":
            yield part
            continue
        blocks = []
        for block in part["blocks"]:
            if block.get("decision"):
                blocks.append({"t": "p", "text": f"**{lead}**"})
                block = {**block, "items": [item.removeprefix(lead).lstrip() for item in block["items"]]}
            blocks.append(block)
        yield {**part, "blocks": blocks}


def entry(facts):
    """One entry of a YAML list."""
    return "- " + yaml(facts).rstrip("\n").replace("\n", "\n  ") + "\n"


def yaml(facts):
    """A YAML mapping; texts are quoted as JSON, dates are not."""
    return "".join(f"{key}: {scalar(key, value)}\n" for key, value in facts.items())


DATES = {"datum", "från", "till", "bedömd", "uppdaterad"}


def scalar(key, value):
    if isinstance(value, dict):
        return "{" + ", ".join(f"{k}: {scalar(k, v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(scalar(key, v) for v in value) + "]"
    return str(value) if key in DATES else json.dumps(value, ensure_ascii=False)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", required=True)
    parser.add_argument("--out", required=True)
    parser.add_argument("--theme", choices=("bench", "portal"), default="bench")
    parser.add_argument("--shared", help="folder that holds bench/gen_corpus.py")
    arguments = parser.parse_args()
    gen = load_generator(shared_folder(arguments.shared))
    site, docs = gen.read_model(arguments.model)
    emit(gen, site, docs, arguments.out, arguments.theme)


if __name__ == "__main__":
    main()
