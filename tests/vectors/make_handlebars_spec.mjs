// Writes handlebars_spec.json: the specification of Handlebars.js 4.7.6, as far as it can be said in JSON.
//
//     npm pack handlebars-spec@104.7.106 && tar xf handlebars-spec-104.7.106.tgz
//     node tests/vectors/make_handlebars_spec.mjs package/spec
//
// The package holds the specification's own data, which has the licence of Handlebars.js; nothing else
// of the package is read. A case has a name, a template, data, partials where it needs them, and what is
// expected: the text, or `null` where the template is refused. A case of the parser has no data:
// `read` says whether the template is one. `helpers` has the functions of a case where they do nothing but
// compute a value, as JavaScript has them: the test in Rust has them in Rust. What cannot be run is counted
// under `left_out`, with the reason.

import { readFileSync, readdirSync, writeFileSync } from "node:fs";

const licence = `Copyright (C) 2011-2019 by Yehuda Katz

Permission is hereby granted, free of charge, to any person obtaining a copy
of this software and associated documentation files (the "Software"), to deal
in the Software without restriction, including without limitation the rights
to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
copies of the Software, and to permit persons to whom the Software is
furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in
all copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN
THE SOFTWARE.`;

/** Whether a value holds something that only JavaScript has: a function, a list with holes. */
function isBeyondJson(value) {
  if (value === null || typeof value !== "object") return false;
  return "!code" in value || "!sparsearray" in value || Object.values(value).some(isBeyondJson);
}

/** The functions of a case in JavaScript, if they do nothing but compute a value of their arguments. */
function helpersOf(one) {
  const functions = Object.entries(one.helpers).map(([name, it]) => [name, it.javascript?.replace(/\s+/g, " ")]);
  const beyond = /\b(this|arguments|block|global)\b|options\.(fn|inverse|data|name|helpers)|hash\.length/;
  const computes = ([name, source]) => !/helperMissing/i.test(name) && source?.startsWith("function") && !beyond.test(source);
  return functions.every(computes) ? Object.fromEntries(functions) : undefined;
}

/** Options that change nothing but how Handlebars.js works inside. */
const inner = new Set(["data"]);

/** Why a case cannot be run, or nothing. */
function obstacle(suite, one) {
  if (suite === "tokenizer") return "It lists the tokens of Handlebars.js, which no host sees.";
  if (suite === "string-params") return "It is about string parameters, which Handlebars.js has given up.";
  if (suite === "track-ids") return "It is about ids of parameters, which Handlebars.js has given up.";
  if (one.decorators) return "Its decorators are functions of JavaScript.";
  if (one.helpers && !helpersOf(one)) return "Its helpers see the context, the block or the options, as functions of JavaScript do.";
  if (one.helpers && one.compileOptions?.strict) return "Strict mode is that of prompts, which have the helpers of the library alone.";
  if (isBeyondJson(one.data)) return "Its data holds functions or holes of JavaScript.";
  if (isBeyondJson(one.partials)) return "Its partials are functions of JavaScript.";
  if (one.runtimeOptions?.data) return "The host sets its @data.";
  const option = Object.keys(one.compileOptions ?? {}).find((name) => !inner.has(name) && name !== "strict");
  if (option) return `It is about the option ${option} of the compiler, which there is none of here.`;
}

const cases = [];
const leftOut = {};
for (const file of readdirSync(process.argv[2]).sort()) {
  const suite = file.replace(".json", "");
  for (const one of JSON.parse(readFileSync(`${process.argv[2]}/${file}`, "utf8"))) {
    const why = obstacle(suite, one);
    if (why) {
      leftOut[why] = (leftOut[why] ?? 0) + 1;
      continue;
    }
    const name = [suite, one.description, one.it, one.number].filter(Boolean).join(" / ");
    const { template, data, partials } = one;
    if (suite === "parser") {
      cases.push({ name, template, read: !("exception" in one) });
      continue;
    }
    const expected = "exception" in one ? null : one.expected;
    const strict = one.compileOptions?.strict || undefined;
    const helpers = one.helpers && helpersOf(one);
    cases.push({ name, template, data: data ?? null, partials, helpers, strict, expected });
  }
}
const names = new Set(cases.map((one) => one.name));
if (names.size !== cases.length) throw new Error("names of cases are not their own");

const left_out = Object.entries(leftOut).map(([why, count]) => ({ why, cases: count }));
const about = "The specification of Handlebars.js 4.7.6, from the data of handlebars-spec 104.7.106.";
writeFileSync(
  new URL("handlebars_spec.json", import.meta.url),
  `${JSON.stringify({ about, licence, left_out, cases }, null, 1)}\n`,
);
console.log(`${cases.length} cases, ${Object.values(leftOut).reduce((sum, count) => sum + count, 0)} left out`);
