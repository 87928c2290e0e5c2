/**
 * The line between a till and the networks, in simulated time: bytes go over late, twice, out of order or not at all, and what comes back
 * comes back whole, cut or never. The far side is the simulated network's own engine; the near side is the real adapter's HTTP client.
 */
import type { Exchange, Exchanged, ExchangeRequest } from '../../src-main/adapters/networks/http/exchange.ts';
import type { SimulatedExchange, SimulatedRequest } from '../../src-main/simulators/networks/exchange.ts';
import type { SeededRandom } from '../../src-main/simulators/seeded-random.ts';
import type { SimulatedTime } from './simulated-time.ts';

export type FarSide = (request: SimulatedRequest) => SimulatedExchange;

/** Rates from 0 to 1 per request. */
export type LineWeather = Readonly<{
  /** No address, no route: proven not to have left. */
  notSent: number;
  /** It arrives after the till has stopped waiting. */
  arrivesLate: number;
  /** A proxy sends it once more, some time later. */
  doubled: number;
  /** It gets lost on the way there. */
  lost: number;
  /** What comes back gets lost. */
  answerLost: number;
}>;

export const CALM_LINE: LineWeather = { notSent: 0, arrivesLate: 0, doubled: 0, lost: 0, answerLost: 0 };

export type SimulatedLine = Readonly<{
  exchange: Exchange;
  setWeather(weather: LineWeather): void;
}>;

export function createSimulatedLine(
  time: SimulatedTime,
  chance: SeededRandom,
  farSide: (host: string) => FarSide,
  isAlive: () => boolean,
): SimulatedLine {
  let weather = CALM_LINE;
  const exchange = (request: ExchangeRequest): Promise<Exchanged> => {
    // A dead process hears of nothing any more.
    if (!isAlive()) return new Promise(() => undefined);
    return new Promise((resolve) => {
      const answer = (exchanged: Exchanged): void => void (isAlive() && resolve(exchanged));
      if (chance.chance(weather.notSent)) {
        time.after(chance.between(1, 40), () => answer({ kind: 'not-sent', cause: 'no-route' }));
        return;
      }
      const giveUp = time.after(request.deadlineMs, () => answer({ kind: 'no-answer', cause: 'timeout' }));
      const carried = simulated(request);
      const far = farSide(request.url.host);
      const thereMs = chance.chance(weather.arrivesLate)
        ? request.deadlineMs + chance.between(1, 20_000)
        : chance.between(10, 80);
      const againMs = chance.chance(weather.doubled) ? chance.between(1, 30_000) : undefined;
      if (chance.chance(weather.lost)) return;
      const isAnswerLost = chance.chance(weather.answerLost);
      time.after(thereMs, () => {
        const done = far(carried);
        // Only what got through can come through twice.
        if (againMs !== undefined && done.delivery !== 'refused') time.after(againMs, () => void far(carried));
        const backMs = done.delayMs + chance.between(5, 60);
        if (isAnswerLost) return;
        time.after(backMs, () => {
          giveUp();
          answer(exchangedOf(done));
        });
      });
    });
  };
  return { exchange, setWeather: (next) => void (weather = next) };
}

export function simulated({ method, url, headers, body }: ExchangeRequest): SimulatedRequest {
  const lowered: Record<string, string> = {};
  for (const name of Object.keys(headers)) lowered[name.toLowerCase()] = headers[name] ?? '';
  const { pathname: path, search } = url;
  return {
    method,
    path,
    query: search === '' ? {} : Object.fromEntries(url.searchParams),
    headers: lowered,
    bodyText: typeof body === 'string' ? body : Buffer.from(body).toString('utf8'),
  };
}

/** As Node reads them: names in lower case, cookies as a list. */
function headersAsRead(sent: Readonly<Record<string, string>>): Extract<Exchanged, { kind: 'whole' }>['headers'] {
  const read: Record<string, string | string[]> = {};
  for (const [name, value] of Object.entries(sent)) {
    const lowered = name.toLowerCase();
    read[lowered] = lowered === 'set-cookie' ? [value] : value;
  }
  return read;
}

export function exchangedOf(done: SimulatedExchange): Exchanged {
  switch (done.delivery) {
    case 'refused':
      return { kind: 'not-sent', cause: 'connection-refused' };
    case 'dropped-after-commit':
    case 'dropped-before-commit':
      return { kind: 'no-answer', cause: 'reset' };
    case 'cut':
    case 'whole': {
      const { status, bodyText, bodyEncoding } = done.answer;
      const headers = headersAsRead(done.answer.headers);
      const body = Buffer.from(bodyText, bodyEncoding ?? 'utf8');
      if (done.delivery === 'whole') return { kind: 'whole', status, headers, body };
      return { kind: 'broken', cause: 'answer-cut', status, headers, body: body.subarray(0, body.length >> 1) };
    }
    default:
      done satisfies never;
      throw new Error('unreachable');
  }
}
