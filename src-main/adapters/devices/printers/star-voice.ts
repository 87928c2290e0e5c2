/**
 * Talking with a Star printer over a line that can read: one voice per line, whoever speaks (printer, drawer, pairing), so that what a broken
 * job left owing is paid once, and before anything else.
 *
 * Source  Star Line Mode specification: ESC ACK SOH (status, on reception); its answer is to have come before the next question.
 */
import type { Timers } from '../../../core/application/ports/system.ts';
import type { ByteTransport } from '../transports/byte-transport.ts';
import { createFillUp } from './fill-up.ts';
import type { FillUp } from './fill-up.ts';
import type { DeviceStatus } from './printer-status.ts';
import type { StarAnswer } from './star-answers.ts';
import { createStarAnswerReader } from './star-answers.ts';

const HOW_ARE_YOU = Uint8Array.of(0x1b, 0x06, 0x01);
const STATUS_TIMEOUT_MS = 300;

export type StarVoice = Readonly<{
  /** Every status, asked for or not, for as long as the line lives. */
  onAnswer: (listener: (answer: StarAnswer) => void) => void;
  /** Undefined where the printer says nothing. Questions wait for each other. */
  askStatus: () => Promise<DeviceStatus | undefined>;
  /** Whoever writes to the line by himself pays first what a broken job left owing. */
  fillUp: FillUp;
}>;

const voices = new WeakMap<ByteTransport, StarVoice>();

/** `timers` of the first call stay. */
export function starVoiceOf(transport: ByteTransport, timers: Timers): StarVoice {
  const voice = voices.get(transport) ?? createStarVoice(transport, timers);
  voices.set(transport, voice);
  return voice;
}

function createStarVoice(transport: ByteTransport, timers: Timers): StarVoice {
  const listeners = new Set<(answer: StarAnswer) => void>();
  const fillUp = createFillUp(transport);
  let last: Promise<unknown> = Promise.resolve();
  transport.onData(createStarAnswerReader((answer) => [...listeners].forEach((listener) => listener(answer))));

  async function ask(): Promise<DeviceStatus | undefined> {
    if (!(await fillUp.pay()).ok) return undefined;
    const { promise, resolve } = Promise.withResolvers<DeviceStatus | undefined>();
    const cancel = timers.after(STATUS_TIMEOUT_MS, () => resolve(undefined));
    const listen = ({ status }: StarAnswer): void => resolve(status);
    listeners.add(listen);
    const sent = await transport.write(HOW_ARE_YOU, { label: 'status', timeoutMs: STATUS_TIMEOUT_MS });
    if (!sent.ok) resolve(undefined);
    const status = await promise;
    cancel();
    listeners.delete(listen);
    return status;
  }

  return {
    onAnswer: (listener) => void listeners.add(listener),
    fillUp,
    askStatus() {
      const turn = last.then(ask);
      last = turn;
      return turn;
    },
  };
}
