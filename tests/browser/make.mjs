// Writes the proposals of the browser tests: node make.mjs FOLDER.
import { join } from "node:path";
import { hostile, writeLines, writeTree } from "./corpus.mjs";

const folder = process.argv[2];
writeTree(join(folder, "5"), 5);
writeTree(join(folder, "5000"), 5000);
writeLines(join(folder, "hostile.jsonl"), hostile());
