/** `backup …` and `db check`: copies of the database, and whether it can be trusted. */
import { fault } from '../../core/domain/fault.ts';
import { err, ok } from '../../core/domain/result.ts';
import { EXIT, failed, usage } from './answer.ts';
import type { Answer, Plan } from './answer.ts';
import { table } from './layout.ts';
import { dateTime } from './moments.ts';
import type { HealthView, RestoredView, StorageDesk } from './storage-desk.ts';
import { reopening } from './till-text.ts';

type FilesPlan = Plan<StorageDesk>;

export function backUpNow(): FilesPlan {
  return ok(async (desk, { note }) => {
    const made = await desk.backupNow();
    if (!made.ok) return failed(made.error);
    if (made.value.warning !== undefined) note(`warning: ${made.value.warning}`);
    return {
      exit: EXIT.done,
      value: made.value,
      text: `Backup ${made.value.name}, up to entry ${made.value.seq}, checked.`,
    };
  });
}

export function listBackups(): FilesPlan {
  return ok((desk) => {
    const backups = desk.backups();
    const columns = [
      { title: 'name' },
      { title: 'made (UTC)' },
      { title: 'entry', right: true },
      { title: 'KiB', right: true },
    ];
    const rows = backups.map(({ name, atMs, seq, bytes }) => [
      name,
      dateTime(atMs, 'UTC'),
      String(seq),
      String(Math.ceil(bytes / 1024)),
    ]);
    return { exit: EXIT.done, value: backups, text: rows.length > 0 ? table(columns, rows) : 'No backups yet.' };
  });
}

export function verifyBackup(name: string): FilesPlan {
  return ok((desk) => {
    const health = desk.verifyBackup(name);
    return health.ok ? healthAnswer(`The backup ${name}`, health.value) : failed(health.error);
  });
}

export function checkDatabase(): FilesPlan {
  return ok(async (desk) => healthAnswer('The database', await desk.checkDatabase()));
}

function healthAnswer(what: string, health: HealthView): Answer {
  const { ok: isSound, problems, entries, head } = health;
  const text = isSound
    ? `${what} is sound: ${entries} entries, up to ${head.seq} ${head.hash.slice(0, 16)}…${reopening(health)}`
    : `${what} is DAMAGED:\n  ${problems.join('\n  ')}`;
  return { exit: isSound ? EXIT.done : EXIT.refused, value: health, text };
}

export function restoreBackup(name: string, { add }: Readonly<{ add?: string }>): FilesPlan {
  if (name === '') return err(usage('which one? ventanilla backup list'));
  return ok((desk, { shell }) => {
    const lines = add === undefined ? ok([]) : shell.readLines(add);
    if (!lines.ok) return failed(usage(lines.error));
    const [header = '', ...entries] = lines.value.filter((line) => line !== '');
    if (add !== undefined && !header.startsWith('{"format":"ventanilla-journal","version":1,'))
      return failed(fault('request.invalid', `${add} is no exported journal`));
    const restored = desk.restore(name, entries);
    if (!restored.ok) return failed(restored.error);
    return { exit: EXIT.done, value: restored.value, text: restoredText(restored.value) };
  });
}

function restoredText({ backup, seq, added, keptAs, wasReadable, lost }: RestoredView): string {
  const nothingLost = wasReadable
    ? 'Nothing of the journal is lost.'
    : `What the replaced file held after entry ${seq} could not be read: compare it with the networks and the drawer.`;
  return [
    `${backup} is the till’s database now; its journal ends at entry ${seq}.`,
    ...(added > 0 ? [`From the export, entries added: ${added}.`] : []),
    lost
      ? `LOST: entries ${lost.from} to ${lost.to}, in which notes were given ${lost.dispensed} times. They are in the kept file.`
      : nothingLost,
    `The replaced file is kept in ${keptAs}`,
    'Next: ventanilla db check, then count the drawer before the first cash-out.',
  ].join('\n');
}
