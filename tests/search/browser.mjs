// Answers questions with client.js as a browser would: reads {q, filters, limit} lines from a file, prints answers.
import { readFileSync } from "node:fs";
import { runInThisContext } from "node:vm";

const [folder, questions] = process.argv.slice(2);
globalThis.window = globalThis;
globalThis.document = {
  createElement: () => ({ remove() {} }),
  head: {
    append(script) {
      queueMicrotask(() => {
        try {
          runInThisContext(readFileSync(script.src, "utf8"));
          script.onload();
        } catch {
          script.onerror();
        }
      });
    },
  },
};
runInThisContext(readFileSync(`${folder}/sok/client.js`, "utf8"));
const search = globalThis.samverkSearch(`${folder}/sok/`);
const answers = [];
for (const { q, filters, limit, facets } of JSON.parse(readFileSync(questions, "utf8"))) {
  const answer = await search.query(q, { filters, limit });
  answers.push(facets ? { ...answer, facets: await search.facets(q, { filters }) } : answer);
}
process.stdout.write(JSON.stringify(answers));
