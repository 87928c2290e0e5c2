/** What somebody must see to although nothing is refused by it, at the side of the cashier's window. */
import type { Scene } from './scenes.ts';

const nowMs = Date.now();
const MINUTE_MS = 60_000;

const CLOCK_SLOW = { kind: 'clock', network: 'mercadopago-orders', offByMs: -194_000, sinceMs: nowMs } as const;
const NO_BACKUP = {
  kind: 'backup',
  reason: 'not-made',
  detail: 'ENOSPC: no space left on device, write',
  sinceMs: nowMs - 30 * MINUTE_MS,
} as const;
const NO_COPY = {
  ...NO_BACKUP,
  reason: 'no-second-copy',
  detail:
    "no copy in /media/copias/ventanilla-CAJA03: ENOENT: no such file or directory, mkdir '/media/copias/ventanilla-CAJA03'",
} as const;

export const WARNING_SCENES: readonly Scene[] = [
  { name: 'home-clock', view: { warnings: [CLOCK_SLOW] } },
  { name: 'home-warnings', view: { warnings: [CLOCK_SLOW, NO_BACKUP] } },
  {
    name: 'home-backup-open',
    view: { warnings: [NO_COPY] },
    lead: async (page, words) => page.getByRole('button', { name: words.shell.copyMissing }).click(),
  },
];
