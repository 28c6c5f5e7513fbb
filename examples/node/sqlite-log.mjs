// A log in one table of a SQLite database. Any database will do that can refuse a row with a key that is
// there already. This one is SQLite in WebAssembly, which needs no compiler; the statements are the same for
// `better-sqlite3` and for the `node:sqlite` of newer versions of Node.
import sqlite from 'node-sqlite3-wasm';

/** @implements {import('goodwill').Log} */
export class SqliteLog {
  #database;

  constructor(path) {
    this.#database = new sqlite.Database(path);
    this.#database.exec(`
      PRAGMA synchronous = FULL;
      -- What is deleted is overwritten: personal data, after an erasure.
      PRAGMA secure_delete = ON;
      CREATE TABLE IF NOT EXISTS goodwill (position INTEGER PRIMARY KEY, entry TEXT NOT NULL) STRICT;
    `);
  }

  read(after) {
    const query = 'SELECT position, entry FROM goodwill WHERE position > ? ORDER BY position LIMIT 500';
    return this.#database.all(query, [after]);
  }

  append(after, entry) {
    const insert = `INSERT INTO goodwill SELECT ?1 + 1, ?2
      WHERE ?1 = (SELECT coalesce(max(position), 0) FROM goodwill)`;
    return this.#database.run(insert, [after, entry]).changes === 1;
  }

  /** Puts a snapshot in place of all entries up to its position, in one step. */
  compact({ position, entry }) {
    this.#database.exec('BEGIN IMMEDIATE');
    try {
      this.#database.run('DELETE FROM goodwill WHERE position <= ?', [position]);
      this.#database.run('INSERT INTO goodwill VALUES (?, ?)', [position, entry]);
      this.#database.exec('COMMIT');
    } catch (error) {
      this.#database.exec('ROLLBACK');
      throw error;
    }
  }

  get length() {
    return this.#database.get('SELECT count(*) AS entries FROM goodwill').entries;
  }

  close() {
    this.#database.close();
  }
}
