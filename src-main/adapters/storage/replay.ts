/**
 * Rebuilds every table from the journal alone, in a second database, and compares (I4: every table is what replaying the journal gives).
 *
 * Chain and subjects are made anew, not copied: where the copy differs, the original is not what its own events lead to.
 */
import { createJournal } from './journal.ts';
import { createTables } from './projector.ts';
import type { SqliteDatabase } from './database.ts';
import { record } from './till-store.ts';

const PAGE = 1000;

/** `into` is a fresh database. Answers how many entries were replayed. Throws where an event does not fit, and names its entry. */
export function replay(from: SqliteDatabase, into: SqliteDatabase): number {
  const source = createJournal(from);
  const target = { journal: createJournal(into), tables: createTables(into) };
  let replayed = 0;
  const replayPage = into.transaction((): boolean => {
    const entries = source.entries(replayed + 1, PAGE);
    for (const { event, atMs, seq } of entries) {
      try {
        record(target, event, atMs);
      } catch (error) {
        throw new Error(`replay stops at entry ${seq}: ${error instanceof Error ? error.message : ''}`, {
          cause: error,
        });
      }
    }
    replayed += entries.length;
    return entries.length === PAGE;
  });
  while (replayPage.immediate());
  return replayed;
}

/** `row`: place in the order of the primary key, from 1. A side is undefined where it has no such row. */
export type Difference = Readonly<{
  table: string;
  row: number;
  column: string;
  left: string | undefined;
  right: string | undefined;
}>;

/** Byte for byte, types included: the first difference of each table, empty when all are the same. */
export function compareTables(left: SqliteDatabase, right: SqliteDatabase): readonly Difference[] {
  const names = [...new Set([...tableNames(left), ...tableNames(right)])].toSorted();
  return names.flatMap((table) => firstDifference(table, columnsOf(left, table), columnsOf(right, table)) ?? []);

  function firstDifference(table: string, inLeft: Columns, inRight: Columns): Difference | undefined {
    const shapes = [inLeft.all.join(), inRight.all.join()] as const;
    if (shapes[0] !== shapes[1]) return { table, row: 0, column: '', left: shapes[0], right: shapes[1] };
    const leftRows = rowsOf(left, table, inLeft);
    const rightRows = rowsOf(right, table, inRight);
    for (let row = 1; ; row += 1) {
      const leftRow = leftRows.next();
      const rightRow = rightRows.next();
      if (leftRow.done && rightRow.done) return undefined;
      if (leftRow.value !== rightRow.value) {
        leftRows.return?.();
        rightRows.return?.();
        return { table, row, ...firstDifferent(inLeft.all, leftRow.value, rightRow.value) };
      }
    }
  }
}

type Told = Pick<Difference, 'column' | 'left' | 'right'>;

function firstDifferent(columns: readonly string[], left: string | undefined, right: string | undefined): Told {
  const [inLeft, inRight] = [left?.split(','), right?.split(',')];
  const index = columns.findIndex((_, each) => inLeft?.[each] !== inRight?.[each]);
  return { column: columns[index] ?? '', left: readable(inLeft?.[index]), right: readable(inRight?.[index]) };
}

function readable(value: string | undefined): string | undefined {
  const [type = '', bytes = ''] = value?.split(' ') ?? [];
  return value && `${type} ${Buffer.from(bytes, 'hex').toString('utf8')}`.trimEnd();
}

type Columns = Readonly<{ all: readonly string[]; key: readonly string[] }>;

function tableNames(db: SqliteDatabase): readonly string[] {
  return db
    .prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    .pluck()
    .all();
}

function columnsOf(db: SqliteDatabase, table: string): Columns {
  const columns = db.prepare<[string], { name: string; pk: number }>('SELECT name, pk FROM pragma_table_info(?)');
  const found = columns.all(table);
  const key = found.filter(({ pk }) => pk > 0).toSorted((one, other) => one.pk - other.pk);
  return { all: found.map(({ name }) => name), key: key.map(({ name }) => name) };
}

/** A row as one text, each value as its type and its bytes in hexadecimal: decoding text could hide a difference. */
function rowsOf(db: SqliteDatabase, table: string, { all, key }: Columns): Iterator<string, undefined> {
  const values = all.map((name) => `typeof("${name}") || ' ' || hex("${name}")`).join(` || ',' || `);
  const order = key.map((name) => `"${name}"`).join(', ');
  const rows = db.prepare<[], string>(`SELECT ${values} FROM "${table}" ORDER BY ${order}`).pluck().iterate();
  return rows as Iterator<string, undefined>;
}
