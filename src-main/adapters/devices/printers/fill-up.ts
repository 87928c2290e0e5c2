/**
 * After a job that broke off a printer may be waiting for the rest of a command, and would take whatever comes next for it: the length of the
 * command even, so that a question of three bytes swallows thousands. As many zeros as the job had bytes fill any command up and print nothing;
 * they go out before anything else does.
 */
import type { DeviceFault } from '../../../core/application/ports/device-fault.ts';
import { ok } from '../../../core/domain/result.ts';
import type { Result } from '../../../core/domain/result.ts';
import type { ByteTransport } from '../transports/byte-transport.ts';

const FILL_TIMEOUT_MS = 5_000;

export type FillUp = Readonly<{
  /** A job of so many bytes broke off. */
  owe: (byteCount: number) => void;
  /** Sends what is owed; it stays owed when the line fails. */
  pay: () => Promise<Result<void, DeviceFault>>;
}>;

export function createFillUp(transport: ByteTransport): FillUp {
  let owed = 0;
  return {
    owe: (byteCount) => void (owed = byteCount),
    async pay() {
      if (owed === 0) return ok(undefined);
      const sent = await transport.write(new Uint8Array(owed), { label: 'fill-up', timeoutMs: FILL_TIMEOUT_MS });
      if (sent.ok) owed = 0;
      return sent;
    },
  };
}
