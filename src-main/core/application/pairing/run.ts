/** One run of pairing: what it was asked, what it talks to, and the few ways in which every step asks, waits, saves and gives up. */
import type { Fault } from '../../domain/fault.ts';
import { fault } from '../../domain/fault.ts';
import type { PairingEvent, PairingStepName, PairRequest } from '../../domain/pairing.ts';
import { err, ok, unreachable } from '../../domain/result.ts';
import type { Result } from '../../domain/result.ts';
import type { MercadoPagoInstoreSettings, MercadoPagoOrdersSettings, Settings } from '../../domain/settings.ts';
import type { NetworkPairing, PairingAnswer } from '../ports/network-pairing.ts';
import type { PictureShelf } from '../ports/picture-shelf.ts';
import type { TillContext } from '../till-parts.ts';

/** How long an absence must last before it is believed, and how often is looked meanwhile. */
export type PairingPatience = Readonly<{
  absentAfterMs: number;
  lookEveryMs: number;
  /** How long a request that was cut off by a crash may still have been on its way. */
  arrivesWithinMs: number;
}>;

export const USUAL_PATIENCE: PairingPatience = {
  absentAfterMs: 12_000,
  lookEveryMs: 1_500,
  arrivesWithinMs: 10_000,
};

export type PairingParts = Readonly<{
  connect: (place: Readonly<{ baseUrl: string; tokenSecret: string }>) => NetworkPairing;
  pictures: PictureShelf;
  patience?: PairingPatience;
}>;

export type NetworkSettings = MercadoPagoOrdersSettings | MercadoPagoInstoreSettings;

export type Run = Readonly<{
  till: TillContext;
  request: PairRequest;
  settings: Settings;
  own: NetworkSettings;
  tokenSecret: string;
  wire: NetworkPairing;
  pictures: PictureShelf;
  patience: PairingPatience;
  /** Only looking: nothing is written. */
  isDry?: true;
  /** Told whenever a step has more to say. */
  report: (step: PairingStepName, state: 'doing' | 'done', detail: string) => void;
}>;

export function save(run: Pick<Run, 'till' | 'request'>, ...steps: readonly PairingEvent[]): void {
  run.till.store.commit(steps.map((step) => ({ type: 'pairing.step', v: 1, network: run.request.network, step })));
}

export function pause({ till }: Pick<Run, 'till'>, delayMs: number): Promise<void> {
  return new Promise((resolve) => void till.timers.after(delayMs, resolve));
}

export const ASKED_AT_MOST = 4;
const PAUSE_MS_MAX = 15_000;

/** Asks again while there is no usable answer: only for what may be repeated at will. */
export async function persist<Value>(
  run: Pick<Run, 'till' | 'patience'>,
  ask: () => Promise<PairingAnswer<Value>>,
): Promise<PairingAnswer<Value>> {
  for (let asked = 1; ; asked += 1) {
    const answer = await ask();
    const isOver = answer.kind !== 'busy' && answer.kind !== 'unknown' && answer.kind !== 'not-sent';
    if (isOver || asked >= ASKED_AT_MOST || isHopeless(answer)) return answer;
    await pauseFor(run, answer);
  }
}

/** As long as the answer wishes, within reason. */
export function pauseFor(run: Pick<Run, 'till' | 'patience'>, answer: object): Promise<void> {
  const wishedMs = 'retryAfterMs' in answer && typeof answer.retryAfterMs === 'number' ? answer.retryAfterMs : 0;
  return pause(run, Math.min(PAUSE_MS_MAX, Math.max(run.patience.lookEveryMs, wishedMs)));
}

function isHopeless(answer: PairingAnswer<unknown>): boolean {
  return answer.kind === 'not-sent' && answer.cause === 'no-token';
}

/** The value, or a fault that says what, where, and what to do. `step` names the question for people. */
export function needed<Value>(
  run: Pick<Run, 'tokenSecret' | 'own'>,
  step: string,
  answer: PairingAnswer<Value>,
): Result<Extract<PairingAnswer<Value>, { kind: 'answered' }>, Fault> {
  return answer.kind === 'answered' ? ok(answer) : err(faultOf(run, step, answer));
}

export function faultOf(
  { tokenSecret, own }: Pick<Run, 'tokenSecret' | 'own'>,
  step: string,
  answer: Exclude<PairingAnswer<unknown>, { kind: 'answered' }>,
): Fault {
  const place = { secret: tokenSecret, url: own.baseUrl };
  switch (answer.kind) {
    case 'unauthorized':
      return fault('pairing.token-refused', `${own.baseUrl} does not accept the token "${tokenSecret}"`, place);
    case 'taken':
    case 'refused': {
      const { code, detail } = answer;
      return fault('pairing.refused', `${step}: the network says ${code}${detail === '' ? '' : ` (${detail})`}`, {
        code,
      });
    }
    case 'busy':
      return fault('network.unreachable', `${step}: the network is busy (${answer.code}); try again`, {
        code: answer.code,
      });
    case 'unknown':
    case 'not-sent':
      if (answer.cause === 'no-token')
        return fault('pairing.token-missing', `no access token is stored under "${tokenSecret}"`, place);
      return fault('network.unreachable', `${step}: no usable answer from ${own.baseUrl} (${answer.cause})`, place);
    default:
      return unreachable(answer);
  }
}
