/** The technician's bench over real lines. A paired device gives its line free for as long as something is asked or tried on it. */
import type { CancelSignal, DeviceFault } from '../../../core/application/ports/device-fault.ts';
import type {
  DeviceWorkshop,
  Discovered,
  Identified,
  NetworkLook,
} from '../../../core/application/ports/device-workshop.ts';
import type { FoundLine, LineAddress } from '../../../core/domain/devices/device.ts';
import type { DeviceDraft, DeviceProblem, TryOutResult } from '../../../core/domain/devices/try-out.ts';
import type { Clock, Ids, Timers } from '../../../core/application/ports/system.ts';
import type { SlipFrame } from '../../../core/domain/slips/slip-frame.ts';
import type { Result } from '../../../core/domain/result.ts';
import { err, ok } from '../../../core/domain/result.ts';
import type { ByteTransport } from '../transports/byte-transport.ts';
import type { DeviceLines } from '../transports/device-lines.ts';
import { identify } from './identify.ts';
import { pause } from './line-talk.ts';
import type { ProfileShelf } from './profile-shelf.ts';
import { suggestFor } from './suggest-profile.ts';
import { tryOut } from './try-out.ts';

export type WorkshopParts = Readonly<{
  lines: () => Promise<DeviceLines>;
  /** Gives a line free; the answer takes it back. */
  lend: (line: LineAddress) => Promise<() => Promise<void>>;
  shelf: ProfileShelf;
  /** Shop and language of the slips, as they are now. */
  frame: () => SlipFrame;
  clock: Clock;
  timers: Timers;
  ids: Ids;
}>;

const NETWORK_TIMEOUT_MS = 8_000;
/** A serial port that is opened again throws away what its machine has not sent yet. */
const LAST_BYTES_MS = 250;

export function createDeviceWorkshop(parts: WorkshopParts): DeviceWorkshop {
  const { shelf, timers } = parts;

  async function withLine<Answer>(
    line: LineAddress,
    identity: DeviceDraft['identity'],
    use: (transport: ByteTransport) => Promise<Answer>,
  ): Promise<Answer> {
    const takeBack = await parts.lend(line);
    try {
      const lines = await parts.lines();
      await lines.ready();
      const transport = lines.line(line, identity ? { identity } : {});
      try {
        return await use(transport);
      } finally {
        if (line.kind === 'serial') await pause(timers, LAST_BYTES_MS);
        await transport.close();
      }
    } finally {
      await takeBack();
    }
  }

  return {
    profiles: () => shelf.all(),
    discover: (network) => discover(parts, network),
    identify: (line): Promise<Identified> =>
      withLine(line, undefined, async (transport) => {
        const { fault, step, answer, model } = await identify(transport, timers);
        const suggested = suggestFor({ answer, ...(model !== undefined && { model }) }, shelf.all());
        return {
          answer,
          ...(model !== undefined && { model }),
          ...(suggested && { suggested }),
          ...(fault && { problem: problemOf(fault, step) }),
        };
      }),
    tryOut: (draft, job, cancel): Promise<TryOutResult> =>
      withLine(draft.line, draft.identity, (transport) => tryOut({ draft, job, transport, parts, ...signal(cancel) })),
  };
}

function signal(cancel: CancelSignal | undefined): { cancel?: CancelSignal } {
  return cancel ? { cancel } : {};
}

async function discover(
  { lines: openLines, shelf }: WorkshopParts,
  network: NetworkLook,
): Promise<Result<Discovered, DeviceFault>> {
  const lines = await openLines();
  const [machine, shop] = await Promise.all([
    lines.list(),
    network === 'none'
      ? ok<readonly FoundLine[]>([])
      : lines.searchNetwork({ scan: network === 'scan', timeoutMs: NETWORK_TIMEOUT_MS }),
  ]);
  if (!machine.ok && !shop.ok) return err(machine.error);
  const problems = [
    ...(machine.ok ? [] : [problemOf(machine.error, "look at this machine's lines")]),
    ...(shop.ok ? [] : [problemOf(shop.error, "look at the shop's network")]),
  ];
  const found = [...(machine.ok ? machine.value : []), ...(shop.ok ? shop.value : [])];
  return ok({ lines: found.map((line) => withKnownProfile(line, shelf)), problems });
}

/** A suggestion of a profile that this program does not have is none. */
function withKnownProfile(found: FoundLine, shelf: ProfileShelf): FoundLine {
  const { suggested, ...line } = found;
  return suggested && shelf.all().some(({ id }) => id === suggested.profileId) ? found : line;
}

export function problemOf({ code, detail }: DeviceFault, step: string): DeviceProblem {
  return { step, code, detail };
}
