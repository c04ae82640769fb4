import type { Database, Statement } from 'better-sqlite3';

/** Beyond these the oldest are let go: their texts come from the sources, so there are not many. */
const MOST_KEPT = 5000;

/** Everything of SQLite's that this process has ever had in its hands. */
const kept: object[] = [];

/**
 * Keeps a connection and all that it prepares from being collected as garbage. Node 24 looks for its environment when it frees one of
 * their native halves, and finds none when the collector runs in a pause of the program, which a service has many of: the process
 * is aborted. A statement that is never freed cannot do that, and costs little.
 */
export function keepAlive(connection: Database): void {
  const prepare = connection.prepare.bind(connection);
  const pragmas = new Map<string, Statement>();
  keep(connection);
  Object.assign(connection, {
    prepare: (sql: string): Statement => {
      const statement = prepare(sql);
      keep(statement);
      return statement;
    },
    // The library prepares one for every call.
    pragma: (source: string, { simple = false }: { readonly simple?: boolean } = {}): unknown => {
      const key = `${String(simple)} ${source}`;
      const statement = pragmas.get(key) ?? prepare(`PRAGMA ${source}`);
      if (!pragmas.has(key)) {
        pragmas.set(key, statement);
        keep(statement);
        if (statement.reader && simple) statement.pluck();
      }
      if (statement.reader) return simple ? statement.get() : statement.all();
      statement.run();
      return simple ? undefined : [];
    },
  });
}

function keep(object: object): void {
  kept.push(object);
  if (kept.length > MOST_KEPT) kept.shift();
}
