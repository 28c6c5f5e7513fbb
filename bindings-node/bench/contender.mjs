// A process for one contender: does a phase when it is asked to.
import * as jobs from './jobs.mjs';

const [name, path] = process.argv.slice(2);
const { open } = await import(`./contenders/${name}.mjs`);
const contender = await open(path);
const phases = {
  furnish: () => jobs.furnish(contender),
  posts: (load) => jobs.posts(contender, load),
  lists: (load) => jobs.lists(contender, load),
  verify: ({ posted }) => jobs.verify(contender, path, posted),
};

process.on('message', async ({ phase, options }) => {
  process.send({ result: await phases[phase](options) });
});
process.send({ result: 'ready' });
