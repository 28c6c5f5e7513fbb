// From purchases to what each segment of customers will be worth: `node clv.mjs [file.csv]`.
//
// The purchases are those of 500 customers of CDNOW, from January 1997 to June 1998: a part of the sample that
// Fader and Hardie have published (brucehardie.com/datasets).
import { readFileSync } from 'node:fs';
import { BgNbd, GammaGamma, rfm, summarize, totals } from 'goodwill/analytics';

const file = process.argv[2] ?? new URL('../data/purchases.csv', import.meta.url);
const rows = readFileSync(file, 'utf8').trim().split(/\r?\n/).slice(1).map((line) => line.split(','));
const log = { customer: rows.map(([id]) => id), time: rows.map(([, day]) => day), amount: rows.map((row) => Number(row[2])) };
const [summary, { segment }] = await Promise.all([summarize(log, { unit: 'week' }), rfm(log)]);
const [purchases, spend] = await Promise.all([BgNbd.fit(summary), GammaGamma.fit(summary)]);
const value = await purchases.lifetimeValue(summary, spend, { periods: 12, period: 'month', annualRate: 0.1 });
for (const [name, { customers, total }] of [...totals(segment, value)].sort(([, a], [, b]) => b.total - a.total)) {
  console.log(`${name.padEnd(20)} ${String(customers).padStart(4)} customers ${(total / customers).toFixed(2).padStart(8)} each`);
}
