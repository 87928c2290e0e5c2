/**
 * Talking with an ESC/POS printer over a line that can read: one voice per line, whoever speaks (printer, drawer, pairing), so that nobody
 * takes another's answer for his own. It listens for as long as the line lives. Every wait has an end; silence is an answer too.
 */
import type { Timers } from '../../../core/application/ports/system.ts';
import type { ByteTransport } from '../transports/byte-transport.ts';
import { createFillUp } from './fill-up.ts';
import type { FillUp } from './fill-up.ts';
import type { PrinterAnswer } from './printer-answers.ts';
import { createAnswerReader } from './printer-answers.ts';
import type { DeviceStatus } from './printer-status.ts';
import { has, statusOfAnswers } from './printer-status.ts';

const STATUS_TIMEOUT_MS = 300;

export type PrinterVoice = Readonly<{
  /** Everything that the printer says, from now on. The answer ends it. */
  onAnswer: (listener: (answer: PrinterAnswer) => void) => () => void;
  /** DLE EOT; undefined where the printer says nothing. Questions wait for each other: their answers look alike. */
  askStatus: () => Promise<DeviceStatus | undefined>;
  /** Whoever writes to the line by himself pays first what a broken job left owing. */
  fillUp: FillUp;
  /** The first answer that fits, or undefined after the time. Listens from the call on. */
  waitFor: (fits: (answer: PrinterAnswer) => boolean, timeoutMs: number) => Promise<PrinterAnswer | undefined>;
}>;

const voices = new WeakMap<ByteTransport, PrinterVoice>();

/** `timers` of the first call stay. */
export function voiceOf(transport: ByteTransport, timers: Timers): PrinterVoice {
  const voice = voices.get(transport) ?? createVoice(transport, timers);
  voices.set(transport, voice);
  return voice;
}

function createVoice(transport: ByteTransport, timers: Timers): PrinterVoice {
  const listeners = new Set<(answer: PrinterAnswer) => void>();
  const read = createAnswerReader((answer) => [...listeners].forEach((listener) => listener(answer)));
  const fillUp = createFillUp(transport);
  let lastQuestion: Promise<unknown> = Promise.resolve();
  transport.onData(read);

  const onAnswer: PrinterVoice['onAnswer'] = (listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };

  const waitFor: PrinterVoice['waitFor'] = (fits, timeoutMs) =>
    new Promise((resolve) => {
      const settle = (answer?: PrinterAnswer) => {
        cancelTimer();
        end();
        resolve(answer);
      };
      const end = onAnswer((answer) => fits(answer) && settle(answer));
      const cancelTimer = timers.after(timeoutMs, () => settle());
    });

  async function ask(kind: number): Promise<number | undefined> {
    const answer = waitFor(({ kind: answerKind }) => answerKind === 'real-time', STATUS_TIMEOUT_MS);
    const question = Uint8Array.of(0x10, 0x04, kind);
    const sent = await transport.write(question, { label: `status-${kind}`, timeoutMs: STATUS_TIMEOUT_MS });
    const heard = await answer;
    return sent.ok && heard?.kind === 'real-time' ? heard.byte : undefined;
  }

  async function askAll(): Promise<DeviceStatus | undefined> {
    if (!(await fillUp.pay()).ok) return undefined;
    const printer = await ask(1);
    if (printer === undefined) return undefined; // One silence is enough: a mute printer must not cost four waits.
    const offline = await ask(2);
    const paper = await ask(4);
    if (offline === undefined || paper === undefined) return undefined; // It fell silent in the middle.
    // The cause of an error is worth a question only where there is one.
    const error = has(printer, 0x08) || has(offline, 0x40) ? await ask(3) : undefined;
    return statusOfAnswers(printer, offline, error, paper);
  }

  return {
    onAnswer,
    waitFor,
    fillUp,
    askStatus() {
      const turn = lastQuestion.then(askAll);
      lastQuestion = turn;
      return turn;
    },
  };
}
