// The thread of a file database: whatever the disk or another program makes it wait for, it waits alone. Plain JavaScript,
// so that Node runs it as it stands, in the source and beside the bundle; CommonJS, as the loader of modules takes memory.

const { parentPort } = require('node:worker_threads');
const Database = require('libsql');

const BUSY_TIMEOUT_MS = 5000;
/**
 * How many statements stay prepared: an idle bot asks a dozen questions over and over. Each that is prepared again takes memory
 * that is free only once V8 tidies up in this thread, which it seldom does.
 */
const MOST_PREPARED = 50;
/** Characters or bytes: a statement keeps what it was given last. */
const LONG = 10_000;

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

/** The last used statements, as prepared; the newest last. */
const prepared = new Map();

function execute(database, sql, parameters) {
  const statement = prepared.get(sql) ?? database.prepare(sql);
  // One that fails is not kept.
  prepared.delete(sql);
  const result = statement.reader ? { rows: statement.all(parameters) } : outcome(statement.run(parameters));
  keep(sql, statement, parameters);
  return result;
}

const outcome = ({ changes, lastInsertRowid }) => ({ rows: [], changes, lastInsertRowid });

function keep(sql, statement, parameters) {
  if (parameters.some((parameter) => parameter?.length > LONG)) return;
  prepared.set(sql, statement);
  if (prepared.size > MOST_PREPARED) prepared.delete(prepared.keys().next().value);
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
