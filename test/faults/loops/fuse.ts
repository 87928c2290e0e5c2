/** Counts the calls that a till makes to the world around it, and names the one that goes wrong. */

export type Seam = 'read' | 'commit' | 'network' | 'drawer' | 'printer';

export const HOWS = {
  /** Nothing was read: the disk failed. */
  read: ['fails'],
  /** Nothing was written; or all of it is on disk, and the call fails all the same. */
  commit: ['fails', 'written but fails'],
  network: [
    'not sent',
    'lost on the way',
    'answer lost',
    '500',
    '500 after it was done',
    '429',
    'garbage',
    'cut',
    'timeout',
    'arrives after the till gave up',
  ],
  drawer: ['refuses', 'in doubt', 'throws', 'never answers'],
  printer: ['refuses', 'in doubt', 'throws', 'never answers'],
} as const satisfies Record<Seam, readonly string[]>;

export type Fault = { [S in Seam]: Readonly<{ seam: S; how: (typeof HOWS)[S][number]; nth: number }> }[Seam];

export class Fuse {
  readonly calls: Record<Seam, number> = { read: 0, commit: 0, network: 0, drawer: 0, printer: 0 };
  /** The call that was to go wrong was made. */
  isBurnt = false;
  isArmed = false;
  readonly fault: Fault | undefined;

  constructor(fault?: Fault) {
    this.fault = fault;
  }

  /** How this call goes wrong; undefined: it goes well. */
  burns<S extends Seam>(seam: S): (typeof HOWS)[S][number] | undefined {
    if (!this.isArmed) return undefined;
    this.calls[seam] += 1;
    const { fault } = this;
    if (fault?.seam !== seam || fault.nth !== this.calls[seam]) return undefined;
    this.isBurnt = true;
    return fault.how;
  }
}
