/** The settings in force, and the networks that are blocked until somebody mends their configuration. */
import { canonical } from '../../../core/domain/canonical.ts';
import type { NetworkId } from '../../../core/domain/network.ts';
import type { Settings } from '../../../core/domain/settings.ts';
import type { SqliteDatabase } from '../database.ts';

type Row = Readonly<{ detail: string }>;
type BlockRow = Readonly<{ network: NetworkId; code: string; sinceMs: number }>;

export function createSettingTable(db: SqliteDatabase) {
  const select = db.prepare<[], Row>('SELECT detail FROM setting WHERE id = 1');
  const upsert = db.prepare<[number, string]>(
    `INSERT INTO setting (id, seq, detail) VALUES (1, ?, ?)
     ON CONFLICT (id) DO UPDATE SET seq = excluded.seq, detail = excluded.detail`,
  );
  return {
    current(): Settings | undefined {
      const row = select.get();
      return row && parse(row);
    },
    change(settings: Settings, seq: number): void {
      upsert.run(seq, canonical(settings));
    },
  };
}

export function createNetworkBlockTable(db: SqliteDatabase) {
  const all = db.prepare<[], BlockRow>('SELECT network, code, since_ms AS sinceMs FROM network_block ORDER BY network');
  const block = db.prepare<[NetworkId, string, number]>(
    `INSERT INTO network_block (network, code, since_ms) VALUES (?, ?, ?)
     ON CONFLICT (network) DO UPDATE SET code = excluded.code`,
  );
  const unblock = db.prepare<[NetworkId]>('DELETE FROM network_block WHERE network = ?');
  return {
    all: (): readonly BlockRow[] => all.all(),
    /** A second reason replaces the first; blocked since the first. */
    block(network: NetworkId, code: string, atMs: number): void {
      block.run(network, code, atMs);
    },
    unblock(network: NetworkId): void {
      unblock.run(network);
    },
  };
}

/** The one reader of this table's `detail`. */
function parse(row: Row): Settings {
  return JSON.parse(row.detail) as Settings;
}
