// Answers what giltighet.js says: reads {events, date, soon} from a file, prints the answers in the same order.
import { readFileSync } from "node:fs";
import { runInThisContext } from "node:vm";

const [script, questions] = process.argv.slice(2);
runInThisContext(readFileSync(script, "utf8"));
const answers = JSON.parse(readFileSync(questions, "utf8")).map(({ events, date, soon }) => {
  const found = globalThis.giltighet.status(events, date, soon);
  return {
    key: found.key,
    until: found.until ?? null,
    soon: found.soon,
    label: globalThis.giltighet.label(found),
    applies: globalThis.giltighet.applies(found),
    event: found.event ? events.indexOf(found.event) : null,
  };
});
process.stdout.write(JSON.stringify(answers));
