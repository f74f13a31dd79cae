// MiniSearch behind a pipe: the first line of stdin holds the entries, the stop words and the language of a stemmer or
// null; each further line is a query; for each query one line on stdout, [[id, score], ...], best first.
import { createInterface } from "node:readline";
import MiniSearch from "minisearch";
import snowball from "snowball-stemmers";

const DEPTH = 10;
const SHORTEST_PREFIX = 4; // letters; shorter words are whole words or acronyms

const fold = (term) => term.toLowerCase().replaceAll("œ", "oe").normalize("NFKD").replace(/\p{M}/gu, "");

function build({ entries, stopWords, stemmer }) {
  const stop = new Set(stopWords);
  const stems = stemmer && snowball.newStemmer(stemmer);
  const index = new MiniSearch({
    fields: ["question", "answer", "category"],
    processTerm: (term) => {
      if (stop.has(fold(term))) return null;
      return fold(stems ? stems.stem(term.toLowerCase()) : term);
    },
    searchOptions: {
      boost: { question: 2 },
      prefix: (term) => term.length >= SHORTEST_PREFIX,
      fuzzy: 0.25, // edits per letter
      weights: { prefix: 0.6, fuzzy: 0.3 },
    },
  });
  index.addAll(entries);
  return index;
}

let index;
for await (const line of createInterface({ input: process.stdin })) {
  const message = JSON.parse(line);
  if (index === undefined) {
    index = build(message);
    continue;
  }
  const hits = index.search(message).slice(0, DEPTH);
  process.stdout.write(JSON.stringify(hits.map(({ id, score }) => [id, score])) + "\n");
}
