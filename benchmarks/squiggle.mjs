// Seconds of one Squiggle program, run after run, without the start of Node:
// node squiggle.mjs PACKAGE FUTURES RUNS < PROGRAM
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [folder, runs, runs] = process.argv.slice(2);
const { version, module } = JSON.parse(readFileSync(join(folder, "package.json")));
const { run } = await import(pathToFileURL(join(folder, module)));
const program = readFileSync(0, "utf8");
const environment = { sampleCount: Number(runs), xyPointLength: 100 };
const seconds = [];
let median = 0;
for (let turn = 0; turn <= Number(runs); turn++) {
  const begun = performance.now();
  const output = await run(program, { environment, seed: `${turn}` });
  const result = output.result;
  if (!result.ok) throw new Error(result.value.toString());
  if (turn) seconds.push((performance.now() - begun) / 1e3);
  median = result.value.result.value;
}
console.log(JSON.stringify({ version, seconds, median }));
