// Writes templates.json: what Handlebars.js 4.7.8 prints without HTML escaping.
//
//     npm install --no-save handlebars@4.7.8 && node tests/vectors/make_templates.mjs
//
// A case has a template, data, partials where it needs them, and what is expected: the text, or
// `null` where Handlebars.js refuses the template. A case of `differences` says what this library
// does instead, and why.

import { writeFileSync } from "node:fs";
import Handlebars from "handlebars";

function print(template, data, partials = {}) {
  try {
    const own = Handlebars.create();
    for (const [name, text] of Object.entries(partials)) {
      own.registerPartial(name, own.compile(text, { noEscape: true }));
    }
    return own.compile(template, { noEscape: true })(data);
  } catch {
    return null;
  }
}

/** The same without the fault that 4.7.8 has: every value is made a text before it is joined. */
function printTexts(template, data, partials = {}) {
  const escape = Handlebars.Utils.escapeExpression;
  Handlebars.Utils.escapeExpression = (value) => (value == null ? "" : String(value));
  const text = (one) => one.replace(/\{\{(~?)\{([^{}]*)\}(~?)\}\}/g, "{{$1$2$3}}").replace(/\{\{(~?)&/g, "{{$1");
  try {
    const own = Handlebars.create();
    for (const [name, one] of Object.entries(partials)) own.registerPartial(name, own.compile(text(one)));
    return own.compile(text(template))(data);
  } catch {
    return null;
  } finally {
    Handlebars.Utils.escapeExpression = escape;
  }
}

/** Data as every host has it: fields by name. */
function sorted(value) {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.keys(value).sort().map((key) => [key, sorted(value[key])]));
}

const sum = "Handlebars.js 4.7.8 adds numbers and truth values that stand side by side when no text stands before them; later versions print both.";
const cases = [];
const differences = [];
const seen = new Set();
function add(family, template, given, partials) {
  const data = sorted(given);
  const key = JSON.stringify([template, data, partials]);
  if (seen.has(key)) return;
  seen.add(key);
  const one = { family, template, data };
  if (partials) one.partials = partials;
  one.expected = print(template, data, partials);
  const texts = printTexts(template, data, partials);
  if (one.expected !== null && texts !== null && texts !== one.expected) {
    const { expected, ...rest } = one;
    differences.push({ ...rest, handlebars: expected, goodwill: texts, why: sum });
  } else cases.push(one);
}

// Numbers and other values.
const numbers = [
  0, -0, 1, -1, 500.0, 0.1, 1 / 3, 416.6666666667, 1e16, 1e20, 1e21, 1.5e21, 123456789012345680000, 1e-6, 1e-7,
  1.5e-7, 5e-324, 1.7976931348623157e308, 9007199254740993, 4294967296, -2.5, 100, 0.000001234, 12345.678, 1e100,
  2 ** 53, 0.1 + 0.2, 5000000000, 99.99, -1e-7,
];
for (const number of numbers) {
  add("number", "n={{n}}", { n: number });
  add("number", "{{#with n}}[{{this}}]{{else}}none{{/with}}{{#if n}}y{{else}}z{{/if}}", { n: number });
}
const values = [
  null, true, false, "", "text", "<b>&\"'`=", 0, 7, [], [1, 2], [1, [2, [3, null]], "x"], [null], [true, {}], {}, { a: 1 },
  "0", " ", "naïve 🚚", [[]], { length: 9 },
];
const shapes = [
  "v={{v}}", "{{{v}}}!", "{{&v}}!", "{{#if v}}yes{{else}}no{{/if}}", "{{#unless v}}yes{{else}}no{{/unless}}",
  "{{#with v}}in:{{this}}{{else}}no{{/with}}", "{{#each v}}<{{@index}}|{{@key}}|{{this}}>{{else}}none{{/each}}",
  "{{#v}}({{.}}){{/v}}", "{{^v}}nothing{{/v}}", "{{#v}}a{{^}}b{{/v}}", "l={{v.length}}", "{{#if v includeZero=true}}y{{else}}n{{/if}}",
  "x={{v.a}}", "x={{v.a.b.c}}", "0={{v.[0]}}", "{{#each v}}{{#if @first}}F{{/if}}{{#if @last}}L{{/if}}{{else}}E{{/each}}",
  "l={{lookup v 'length'}}", "{{#each v as |item key|}}{{key}}:{{item}};{{/each}}", "{{^if v}}no{{else}}yes{{/if}}",
];
for (const value of values) for (const shape of shapes) add("value", shape, { v: value });

// Paths.
const tree = {
  a: { b: { c: "deep" }, "x-y": "dash", "p q": "space", this: "T", "0": "zero" }, list: [{ n: "one" }, { n: "two" }], "with space": "ws",
  length: 3, n: "root", $d: "dollar", "ünïcode": "uni", if: "field if", t: true, "12": "twelve", "a]b": "bracket", nothing: null,
};
for (const template of [
  "{{a.b.c}}", "{{a/b/c}}", "{{this.a.b.c}}", "{{./n}}", "{{a.x-y}}", "{{a.[p q]}}", "{{[with space]}}", "{{'with space'}}",
  '{{"with space"}}', "{{12}}", "{{true}}", "{{null}}", "{{undefined}}", "{{a.[0]}}", "{{a.[this]}}", "{{list.[0].n}}",
  "{{list.[1].n}}", "{{list.[9].n}}", "{{list.length}}", "{{length}}", "{{$d}}", "{{ünïcode}}", "{{this.if}}", "{{@root.n}}", "{{@root.a.b.c}}",
  "{{@nothing}}", "{{missing}}", "{{missing.deeper}}", "{{nothing.deeper}}", "{{../n}}", "{{#with a}}{{../n}}{{/with}}", "{{#with a}}{{#with b}}{{c}}{{../../n}}{{/with}}{{/with}}",
  "{{#with a}}{{#if ../t}}{{../n}}{{x-y}}{{/if}}{{/with}}", "{{#each list}}{{n}}{{../n}} {{/each}}", "{{#each list}}{{@root.n}}{{@index}}{{/each}}",
  "{{[a]}}", "{{a.[b].[c]}}", "{{#a}}{{#b}}{{c}}{{/b}}{{/a}}", "{{#a.b}}{{c}}{{/a.b}}", "{{#list}}{{n}},{{/list}}", "{{#list}}{{@index}}{{@last}}{{/list}}",
  "{{lookup list 0}}", "{{#with (lookup list 1)}}{{n}}{{/with}}", "{{lookup a 'x-y'}}", "{{lookup (lookup list 0) 'n'}}", "{{lookup this 'n'}}", "{{lookup . 'n'}}",
  "{{#each .}}{{@key}} {{/each}}", "{{#with this}}{{n}}{{/with}}", "{{a .b}}", "{{a.b.}}", "{{a..b}}", "{{a.this}}", "{{this/n}}", "{{ n }}", "{{\tn\n}}", "{{[a\\]b]}}",
  "{{@root/n}}", "{{this}}", "{{.}}", "{{..}}", "{{n.length}}", "{{n.[0]}}", "{{#each list as |x|}}{{x.n}}{{/each}}", "{{toString}}", "{{constructor}}", "{{a.__proto__}}", "{{list.push}}",
]) add("path", template, tree);

// Loops, blocks and block parameters in each other.
const days = {
  days: [
    { name: "Mon", jobs: [{ id: 1, parts: ["a", "b"] }, { id: 2, parts: [] }] },
    { name: "Tue", jobs: [] },
    { name: "Wed", jobs: [{ id: 3, parts: ["c"] }] },
  ],
  map: { x: { v: 1 }, y: { v: 2 } }, matrix: [[1, 2], [3], []], flag: true, off: false, company: "Acme",
};
for (const template of [
  "{{#each days}}{{name}}:{{#each jobs}}{{id}}({{#each parts}}{{this}}{{../id}}{{../../name}}{{../../../company}}{{/each}}){{else}}free{{/each}};{{/each}}",
  "{{#each days}}{{#each jobs}}{{@../index}}.{{@index}} {{/each}}{{/each}}", "{{#each days}}{{#each jobs}}{{#if parts}}{{@../index}}{{@index}}{{/if}}{{/each}}{{/each}}",
  "{{#each days as |day d|}}{{#each day.jobs as |job j|}}{{d}}{{j}}{{day.name}}{{job.id}} {{/each}}{{/each}}",
  "{{#each map}}{{@key}}={{v}}{{#unless @last}}, {{/unless}}{{/each}}", "{{#each map as |value key|}}{{key}}:{{value.v}}{{/each}}",
  "{{#each matrix}}[{{#each this}}{{this}}{{#unless @last}},{{/unless}}{{/each}}]{{/each}}", "{{#each matrix}}{{#each .}}{{@../index}}{{@index}} {{/each}}{{/each}}",
  "{{#with days.[0] as |d|}}{{d.name}}{{name}}{{/with}}", "{{#if flag}}{{#if off}}a{{else}}b{{/if}}{{/if}}", "{{#if off}}a{{else if flag}}b{{else}}c{{/if}}",
  "{{#if off}}a{{else if off}}b{{else if flag}}c{{else}}d{{/if}}", "{{#if off}}a{{else unless off}}b{{/if}}", "{{#each none}}x{{else each days}}{{name}}{{/each}}",
  "{{#each none}}x{{else if flag}}{{company}}{{else}}y{{/each}}", "{{#unless off}}u{{/unless}}", "{{#days}}{{name}}{{#jobs}}{{id}}{{/jobs}}{{/days}}", "{{#days}}{{company}}{{../company}}{{/days}}",
  "{{#flag}}{{company}}{{/flag}}", "{{^off}}{{company}}{{/off}}", "{{#off}}x{{^}}{{company}}{{/off}}", "{{^off}}a{{else}}b{{/off}}", "{{^flag}}a{{else}}b{{/flag}}", "{{^each days}}none{{/each}}",
  "{{#each days}}{{@first}}{{@last}}{{@key}} {{/each}}", "{{#each days}}{{#with jobs}}{{length}}{{/with}}{{/each}}", "{{#each days}}{{jobs.length}}{{/each}}", "{{#each days.[0].jobs}}{{id}}{{/each}}",
  "{{#each days as |name|}}{{name.name}}{{this.name}}{{./name}}{{/each}}", "{{#with company as |c|}}{{#each ../days as |d|}}{{c}}{{d.name}}{{/each}}{{/with}}", "{{#if (lookup days 0)}}y{{/if}}",
  "{{#each (lookup days 0)}}{{@key}}{{/each}}", "{{#each days}}{{#each jobs}}{{#each parts}}{{@root.company}}{{/each}}{{/each}}{{/each}}", "{{#each days}}{{/each}}", "{{#each}}x{{/each}}", "{{#if}}x{{/if}}", "{{#if a b}}x{{/if}}",
  "{{#with}}x{{/with}}", "{{unknown 1}}", "{{#unknown 1}}x{{/unknown}}", "{{(unknown)}}", "{{lookup (company) 0}}", "{{#each days}}{{#if ../flag}}{{../company}}{{/if}}{{/each}}", "{{#each days}}{{#each ../days}}{{name}}{{/each}}|{{/each}}",
  "{{#each days}}{{#with this}}{{../company}}{{/with}}{{/each}}", "{{#with flag}}{{this}}{{/with}}", "{{log company}}x", "{{#each days}}{{log name}}{{/each}}", "{{#matrix}}{{#.}}{{.}}{{/.}}{{/matrix}}",
  "{{#if flag}}a{{else}}b{{else}}c{{/if}}", "{{#if flag}}", "{{/if}}", "{{else}}", "{{#if flag}}{{/unless}}", "{{", "{{}}", "{{a", "{{a}", "{{{a}}", "{{{a}", "}}", "{{a}}}", "{{> }}", "{{#}}", "{{a b=}}", "{{a =b}}", "{{#if a |b|}}{{/if}}",
  "{{a(b)}}x".replace("(b)", " (b"), "{{[a}}", "{{'a}}", "{{a,b}}", "{{a;}}", "{{#each days as ||}}{{/each}}", "{{!", "{{!--", "{{!-- a }}", "{{@}}", "{{#a}}{{#b}}{{/a}}{{/b}}", "{{elsewhere}}", "{{else-if}}",
]) add("block", template, days);

// White space: every tilde, and standalone lines.
const tags = ["{{X}}", "{{~X}}", "{{X~}}", "{{~X~}}"];
const make = (pattern, inner) => pattern.replace("X", inner);
const ws = { a: "A", list: ["1", "2"], on: true, off: false };
for (const tag of tags) {
  for (const [left, right] of [[" ", " "], ["x ", " y"], ["x\n", "\ny"], ["x \n\t", " \n y"], ["", "\n"], ["\n", ""], ["x\r\n", "\r\ny"], ["\u00a0", "\u00a0"]]) {
    add("white space", left + make(tag, "a") + right, ws);
    add("white space", left + make(tag, "! note ").replace("! note ~", "! note ~") + right, ws);
    add("white space", left + make(tag, "!-- note --") + right, ws);
    add("white space", left + make(tag, "> p") + right, ws, { p: "P\nQ\n" });
    for (const end of tags) {
      add("white space", left + make(tag, "#if on") + " b " + make(end, "/if") + right, ws);
      add("white space", left + make(tag, "#if on") + "\n b \n" + make(end, "/if") + right, ws);
      add("white space", left + make(tag, "#each list") + "\n  {{this}}\n" + make(end, "/each") + right, ws);
    }
  }
  for (const middle of tags) for (const end of tags) {
    add("white space", "x\n" + make(tag, "#if off") + "\n a\n" + make(middle, "else") + "\n b\n" + make(end, "/if") + "\ny", ws);
    add("white space", "x " + make(tag, "#if off") + " a " + make(middle, "^") + " b " + make(end, "/if") + " y", ws);
    add("white space", "x\n" + make(tag, "#if off") + "\n a\n" + make(middle, "else if on") + "\n b\n" + make(middle, "else") + "\n c \n" + make(end, "/if") + "\ny", ws);
    add("white space", "x\n" + make(tag, "^off") + "\n a\n" + make(middle, "else") + "\n b\n" + make(end, "/off") + "\ny", ws);
  }
}
for (const template of [
  "{{#if on}}\n{{/if}}", "  {{#if on}}  \n  a\n  {{/if}}  \n", "{{#if on}} \r\n a\r\n{{/if}}\r\nb", "a\n  {{! note }}  \nb", "a {{! note }}\nb", "{{! note }}", "\n{{! note }}\n", "{{#if on}}a{{/if}}\nb",
  "{{#if on}}\n{{#if on}}\nx\n{{/if}}\n{{/if}}\ny", "{{#each list}}\n{{#if ../on}}\n- {{this}}\n{{/if}}\n{{/each}}\n", "\\{{a}} {{a}}", "\\\\{{a}}", "\\\\\\{{a}}", "x\\{{a}}\\{{b}} {{a}}", "\\{{a}}\\\\{{a}}", "\\{{a", "\\n{{a}}",
  "{{#if off}}\n1\n{{else if off}}\n2\n{{else if on}}\n3\n{{else}}\n4\n{{/if}}\nend", "{{~#if on~}} a {{~else~}} b {{~/if~}} c", "{ {a} } {{a}} { }", "{{a}}\n\n{{a}}\n", "  {{a}}  ", "{{#on}}\n{{a}}\n{{/on}}\n",
  "{{#each list}}\n  {{this}}\n{{else}}\n  none\n{{/each}}\nafter", "{{#each none}}\n  {{this}}\n{{else}}\n  none\n{{/each}}\nafter", "a\n\n\n{{~a~}}\n\n\nb", "\t{{#if on}}\t\nx\n\t{{/if}}\t", "x{{! {{a}} }}y", "x{{!-- {{a}} --}}y", "x{{!----}}y", "x{{!}}y",
]) add("white space", template, ws);

// Partials.
const people = { name: "Ada", people: [{ name: "Bob" }, { name: "Cy" }], company: "Acme", which: "card", nothing: null };
const partials = {
  card: "[{{name}}]", lines: "one\n two\n\nthree\n", noline: "one\ntwo", "dir/card": "d:{{name}}", outer: "<{{> card}}>", layout: "top {{> @partial-block }} end", root: "{{@root.company}}", up: "({{../company}})",
  hash: "{{name}}-{{extra}}", each: "{{#each people}}{{> card}}{{@index}}{{/each}}", nested: "{{#> layout}}inner {{> @partial-block}}{{/layout}}", indented: "  {{> lines}}x", index: "{{@index}}{{@key}}", overridden: "{{> slot}}", "404": "not found",
  twice: "{{> @partial-block}}|{{> @partial-block}}", withblock: "{{#each people}}{{> @partial-block}}{{/each}}", fallback: "{{#> slot}}default {{name}}{{/slot}}", params: "{{#each people as |p|}}{{p.name}}{{/each}}",
};
for (const template of [
  "{{> card}}", "{{>card}}", "{{> card }}", "{{> 'card'}}", "{{> \"dir/card\"}}", "{{> dir/card}}", "{{> outer}}", "{{#each people}}{{> card}}{{/each}}", "{{> card people.[1]}}", "{{> hash extra=1}}", "{{> hash name='X' extra=company}}", "{{> hash people.[0] extra=../name}}",
  "{{> (lookup . 'which')}}", "{{#> layout}}body {{name}}{{/layout}}", "{{#> missing}}fallback {{name}}{{/missing}}", "{{> missing}}", "{{#> nested}}deep{{/nested}}", "{{#> twice}}{{name}}{{/twice}}", "{{#> withblock}}{{name}},{{/withblock}}", "{{#> fallback}}{{/fallback}}",
  "{{> fallback}}", "{{#> fallback}}{{#*inline 'slot'}}slot {{name}}{{/inline}}{{/fallback}}", "{{#*inline 'mine'}}mine {{name}}{{/inline}}{{> mine}}", "{{> mine}}{{#*inline 'mine'}}later{{/inline}}", "{{#each people}}{{#*inline 'mine'}}{{name}}{{/inline}}{{> mine}}{{/each}}",
  "{{#*inline 'card'}}own {{name}}{{/inline}}{{> outer}}", "{{#*inline 'slot'}}S{{/inline}}{{> overridden}}", "{{> overridden}}", "{{#each people}}{{> root}}{{> index}}{{/each}}", "{{#each people}}{{> up}}{{/each}}", "{{#each people as |p|}}{{> card p}}{{/each}}", "{{> params}}",
  "a\n  {{> lines}}\nb", "a\n  {{> noline}}\nb", "a\n\t{{> noline}}\n", "{{> lines}}\nb", "  {{> lines}} b", "a {{> noline}}\nb", "  {{> indented}}\n", "  {{> outer}}\n", "a\n  {{~> lines}}\nb", "a\n  {{> lines ~}}\nb", "{{> 404}}", "{{> card nothing}}", "{{> card name}}", "{{> card missing}}",
  "{{> hash nothing extra=2}}", "{{#> layout}}\n  line\n{{/layout}}\n", "x\n{{#> layout}}\n  line\n{{/layout}}\ny", "{{#*inline 'a'}}\n  A\n{{/inline}}\n{{> a}}\nend", "{{> card card}}", "{{> card a b}}", "{{> each}}", "{{#with people.[0]}}{{#> layout}}{{name}} of {{../company}}{{/layout}}{{/with}}",
  "{{#each people}}{{#> layout}}{{@index}}{{/layout}}{{/each}}", "{{#each people as |p i|}}{{#> layout}}{{p.name}}{{i}}{{/layout}}{{/each}}", "{{#*inline 'q'}}{{@index}}{{/inline}}{{#each people}}{{> q}}{{/each}}", "{{#*inline 'r'}}{{name}}{{../name}}{{/inline}}{{#each people}}{{> r}}{{/each}}",
  "{{#*inline 'one'}}1{{/inline}}{{#*inline 'one'}}2{{/inline}}{{> one}}", "{{#with people.[0]}}{{#*inline 'scoped'}}s{{/inline}}{{/with}}{{> scoped}}", "{{#> layout company='C'}}{{company}}{{/layout}}", "{{#> layout people.[0]}}{{name}}{{/layout}}", "{{> @partial-block}}",
]) add("partial", template, people, partials);

// The block of a call where a value is printed. What Handlebars.js calls it with are the options that helpers get;
// here it is nothing.
const bare = { bare: "<{{@partial-block}}>", triple: "  {{{@partial-block}}}\n{{@partial-block}}", rounds: "{{#each people}}{{@partial-block}},{{@../partial-block}};{{/each}}", middle: "<{{#> bare}}m{{@partial-block}}{{/bare}}>", asked: "{{#if @partial-block}}yes{{else}}no{{/if}}" };
for (const template of [
  "{{#> bare}}x{{/bare}}", "{{#> bare}}{{/bare}}", "{{#> bare}}x{{company}}|{{@root.name}}|{{../name}}|{{@index}}{{/bare}}", "{{> bare}}", "{{@partial-block}}x", "{{#> triple}}x{{/triple}}", "{{#> rounds}}x{{company}}{{/rounds}}", "{{#> middle}}o{{#> bare}}i{{/bare}}{{/middle}}",
  "{{#each people}}{{#> bare}}{{../name}}{{/bare}}{{/each}}", "{{#> bare}}{{#*inline 'own'}}inline{{/inline}}{{> own}}{{/bare}}", "{{#> asked}}x{{/asked}}", "{{> asked}}",
]) add("partial", template, people, bare);

// Prompt-like templates over growing lists.
for (let count = 0; count < 12; count += 1) {
  const payments = Array.from({ length: count }, (_, i) => ({ amount: (i * 137.35) / 3, method: ["card", "cash", null][i % 3], tags: Array.from({ length: i % 3 }, (_, k) => `t${k}`) }));
  const data = { customer: { name: `C${count}`, payments }, total: payments.reduce((sum, one) => sum + one.amount, 0) };
  for (const template of [
    "Name: {{customer.name}}\nTotal: ${{total}} (from {{customer.payments.length}} payments)\n\nPAYMENTS:\n{{#each customer.payments}}\n- ${{this.amount}} ({{this.method}}) {{this.tags}}\n{{/each}}\n\nEnd.",
    "{{#if customer.payments}}\n{{#each customer.payments}}\n{{@index}}/{{@root.total}}{{#if @last}}.{{else}},{{/if}}\n{{/each}}\n{{else}}\nNone.\n{{/if}}\n",
    "{{#each customer.payments as |p i|~}}\n  {{i}}={{p.amount}};\n{{~else~}} none {{~/each}}",
    "{{#customer}}{{name}}{{#payments}}\n  {{amount}}{{^tags}} untagged{{/tags}}{{#tags}} {{.}}{{/tags}}{{/payments}}{{/customer}}",
  ]) add("prompt", template, data);
}

// What this library does otherwise.
function differ(template, data, goodwill, why, partials) {
  differences.push({ template, data, partials, handlebars: print(template, data, partials), goodwill, why });
}
differ("{{a}}{{b}}", { a: 1, b: 2 }, "12", sum);
differ("{{#if a}}{{a}}{{b}}{{/if}}", { a: 1, b: 2 }, "12", sum);
differ("{{#each a}}{{@key}} {{/each}}", { a: { b: 1, a: 2 } }, "a b ", "JSON objects have no order; names that are no numbers are visited by name, so that every host prints the same.");
differ("{{f(a)}}", { a: 1 }, null, "Both refuse it here, for Handlebars.js does not read a call with parentheses, and this library knows no helper f: with one, it prints what the helper gives.");
differ("{{#*unknown}}{{/unknown}}x", {}, null, "Both refuse decorators other than inline partials.");
differ("{{nothing.deeper}}{{a.toString}}", { a: 1 }, "", "Both print nothing: properties that data does not have are not looked up on prototypes.");
differ("{{#> bare}}{{name}}{{/bare}}", {}, "<>", "A block that is printed as a value has no context; Handlebars.js gives it the options of a helper, which have the name partial-block.", bare);
writeFileSync(
  new URL("templates.json", import.meta.url),
  JSON.stringify({ about: "What Handlebars.js 4.7.8 prints with noEscape; expected null: it refuses the template.", cases, differences }, null, 1) + "\n",
);
console.log(`${cases.length} cases, ${differences.length} differences`);
