/** Paired devices as they were paired or changed last. */
import { canonical } from '../../../core/domain/canonical.ts';
import type { DeviceRole, PairedDevice } from '../../../core/domain/devices/device.ts';
import { invariant } from '../../../core/domain/result.ts';
import type { SqliteDatabase } from '../database.ts';

type Row = Readonly<{ detail: string }>;
type RoleRow = Readonly<{ id: string; role: DeviceRole }>;

export function createDeviceTable(db: SqliteDatabase) {
  const all = db.prepare<[], Row>('SELECT detail FROM device ORDER BY role');
  const known = db.prepare<[string, DeviceRole], RoleRow>('SELECT id, role FROM device WHERE id = ? OR role = ?');
  const upsert = db.prepare<[string, DeviceRole, number, string]>(
    `INSERT INTO device (id, role, paired_seq, detail) VALUES (?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET paired_seq = excluded.paired_seq, detail = excluded.detail`,
  );
  const remove = db.prepare<[string]>('DELETE FROM device WHERE id = ?');
  return {
    all: (): readonly PairedDevice[] => all.all().map(parse),
    /** A known id is the same device, changed; its role stays. Another device of its role is forgotten first. */
    pair(device: PairedDevice, seq: number): void {
      for (const other of known.all(device.id, device.role)) {
        invariant(other.id === device.id, `${device.id} paired as ${device.role} beside ${other.id}`);
        invariant(other.role === device.role, `${device.id} is a ${other.role}, never a ${device.role}`);
      }
      upsert.run(device.id, device.role, seq, canonical(device));
    },
    forget(id: string): void {
      invariant(remove.run(id).changes === 1, `device ${id} was never paired`);
    },
  };
}

/** The one reader of this table's `detail`. */
function parse({ detail }: Row): PairedDevice {
  return JSON.parse(detail) as PairedDevice;
}
