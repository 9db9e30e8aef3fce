// Loads files of variables with the npm package dotenv and with `sh`; prints for each file one JSON object
// {"dotenv": {...}, "sh": {...}} with the GOOGLE_ADS_ variables that each of them got.
//
// Usage: node load_dotenv.mjs FILE... (needs the package dotenv)

import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";

// From the directory in which it is run, so that it need not be installed beside this file.
const dotenv = createRequire(resolve("package.json"))("dotenv");

const ours = (entries) => Object.fromEntries(entries.filter(([name]) => name.startsWith("GOOGLE_ADS_")));

for (const file of process.argv.slice(2)) {
  const parsed = dotenv.parse(readFileSync(file));
  const printed = execFileSync("/bin/sh", ["-c", 'set -a; . "$1"; env -0', "sh", resolve(file)], { env: { PATH: process.env.PATH } });
  const entries = printed.toString("utf8").split("\0").filter(Boolean).map((line) => {
    const equals = line.indexOf("=");
    return [line.slice(0, equals), line.slice(equals + 1)];
  });
  console.log(JSON.stringify({ dotenv: ours(Object.entries(parsed)), sh: ours(entries) }));
}
