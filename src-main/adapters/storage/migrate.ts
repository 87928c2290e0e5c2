/** Brings a database to the newest version. Each step and its version number are one transaction: a crash leaves a whole version. */
import type { Database } from 'better-sqlite3';

import { invariant } from '../../core/domain/result.ts';

/** Numbered from 1 without gaps; one that has been released never changes. */
export type Migration = Readonly<{ version: number; name: string; up(db: Database): void }>;

/** Answers the version reached. The caller has made sure that the file is not newer than `migrations`. */
export function migrate(db: Database, migrations: readonly Migration[]): number {
  migrations.forEach(({ version, name }, index) =>
    invariant(version === index + 1, `migration ${version} ${name} stands at place ${index + 1}`),
  );
  const found = Number(db.pragma('user_version', { simple: true }));
  invariant(found <= migrations.length, `database version ${found} is newer than ${migrations.length}`);
  for (const { version, name, up } of migrations.slice(found)) {
    db.transaction(() => {
      up(db);
      const broken = db.prepare('PRAGMA foreign_key_check').all();
      invariant(broken.length === 0, `migration ${version} ${name} leaves ${broken.length} broken references`);
      db.pragma(`user_version = ${version}`);
    }).immediate();
  }
  return migrations.length;
}
