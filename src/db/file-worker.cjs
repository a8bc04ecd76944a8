// The thread of a file database: whatever the disk or another program makes it wait for, it waits alone. Plain JavaScript,
// so that Node runs it as it stands, in the source and beside the bundle; CommonJS, as the loader of modules takes memory.

const { parentPort } = require('node:worker_threads');
const Database = require('libsql');

const BUSY_TIMEOUT_MS = 5000;

/** What survives the way between threads: an error itself would lose its code. */
const told = ({ name, message, code }) => ({ name, message, code });

function open(path) {
  const database = new Database(path);
  // FULL: what was answered to a person survives a power cut, not only a crash of the process.
  database.exec(
    `PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS}; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;`,
  );
  return database;
}

function execute(database, sql, parameters) {
  const statement = database.prepare(sql);
  if (statement.reader) return { rows: statement.all(parameters) };
  const { changes, lastInsertRowid } = statement.run(parameters);
  return { rows: [], changes, lastInsertRowid };
}

let file;
let database;
parentPort.on('message', ({ path, id, sql, parameters }) => {
  try {
    if (path !== undefined) {
      file = path;
      return;
    }
    if (sql === undefined) {
      database?.close();
      return parentPort.close();
    }
    database ??= open(file);
    parentPort.postMessage({ id, ...execute(database, sql, parameters) });
  } catch (error) {
    parentPort.postMessage({ id, error: told(error) });
  }
});
