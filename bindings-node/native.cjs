'use strict';

const target = `${process.platform}-${process.arch}`;

try {
  module.exports = require(`./goodwill.${target}.node`);
} catch (cause) {
  throw new Error(
    `goodwill has no native module for ${target}; the package goodwill-wasm runs everywhere, in memory`,
    { cause },
  );
}
