/**
 * What every simulated network does, whatever it trades in: takes a request, lets script or weather spoil it, answers and remembers; and
 * the levers that a test or a person at the bench has for that. Pure, synchronous, repeatable from its seed.
 */
import type { SimulatedAnswer, SimulatedExchange, SimulatedRequest } from './exchange.ts';
import type { CoreChance, NetworkCore } from './network-core.ts';
import { createRequestLog } from './request-log.ts';
import type { RecordedRequest } from './request-log.ts';
import type { ChosenFault, ScriptedCall, ScriptEntry } from './script.ts';
import { carry } from './transport-faults.ts';
import type { Dialect } from './transport-faults.ts';
import type { Weather, WeatherVane } from './weather.ts';

export interface NetworkEngine<Settings, Fault extends string, Operation extends string, Notice> {
  handle(request: SimulatedRequest): SimulatedExchange;
  /** Lets everything happen that is due by now; `handle` and every control method do so first. */
  advance(): void;

  script(...entries: readonly ScriptEntry<Fault, Operation>[]): void;
  clearScript(): void;
  scripted(): readonly ScriptEntry<Fault, Operation>[];
  /** Throws RangeError when the rates that can hit one operation add up to more than 1. */
  setWeather(weather: Weather<Fault>): void;
  weather(): Weather<Fault>;
  setNetwork(network: 'up' | 'down'): void;
  readonly network: 'up' | 'down';
  change(settings: Partial<Settings>): void;
  readonly settings: Settings;

  requests(): readonly RecordedRequest[];
  requestCount(): number;
  clearRequests(): void;
  notices(): readonly Notice[];
  /** Notifications still to be posted; the caller has them now. */
  takeUnsentNotices(): readonly Notice[];
}

/** What makes one network of it. */
export type NetworkTrade<State, Fault extends string, Operation extends string, Call> = Readonly<{
  /** Answers the time it is then. */
  advance: (state: State) => number;
  vaneOf: (weather: Weather<Fault>) => WeatherVane<Fault, Operation>;
  /** Undefined: there is no such endpoint. */
  readCall: (state: State, request: SimulatedRequest) => Call | undefined;
  takeTurn: (state: State, call: Call, chosen: ChosenFault<Fault> | undefined, nowMs: number) => SimulatedAnswer;
  dialectOf: (state: State) => Dialect;
  noSuchEndpoint: SimulatedAnswer;
  /** Of every answer, besides the date. */
  headersOf?: (state: State) => Readonly<Record<string, string>>;
}>;

export function createNetworkEngine<
  Settings,
  Fault extends string,
  Operation extends string,
  Due,
  Notice,
  State extends NetworkCore<Settings, Fault, Operation, Due, Notice> & CoreChance,
  Call extends ScriptedCall<Operation>,
>(
  state: State & NetworkCore<Settings, Fault, Operation, Due, Notice>,
  trade: NetworkTrade<State, Fault, Operation, Call>,
  keepRequests = 1_000,
): NetworkEngine<Settings, Fault, Operation, Notice> {
  const log = createRequestLog(keepRequests);

  function exchangeOf(call: Call | undefined, nowMs: number): SimulatedExchange {
    if (call === undefined) return { delivery: 'whole', delayMs: 0, answer: trade.noSuchEndpoint };
    const chosen = state.script.take(call) ?? state.vane.draw(call.operation, state.random.weather);
    const latencyMs = state.vane.drawLatencyMs(state.random.weather);
    const exchange = carry(chosen, latencyMs, trade.dialectOf(state), () => trade.takeTurn(state, call, chosen, nowMs));
    if (!('answer' in exchange)) return exchange;
    const { answer } = exchange;
    const headers = { ...answer.headers, date: new Date(nowMs).toUTCString(), ...trade.headersOf?.(state) };
    return { ...exchange, answer: { ...answer, headers } };
  }

  return {
    handle(request) {
      const nowMs = trade.advance(state);
      const call = state.isUp ? trade.readCall(state, request) : undefined;
      const exchange = state.isUp ? exchangeOf(call, nowMs) : DOWN;
      log.record({ atMs: nowMs, operation: call?.operation ?? 'unknown', request, exchange });
      return exchange;
    },
    advance: () => void trade.advance(state),
    script: (...entries) => entries.forEach((entry) => state.script.add(entry)),
    clearScript: () => state.script.clear(),
    scripted: () => state.script.entries(),
    setWeather: (weather) => void (state.vane = trade.vaneOf(weather)),
    weather: () => state.vane.weather,
    setNetwork: (network) => void (state.isUp = network === 'up'),
    get network() {
      return state.isUp ? 'up' : 'down';
    },
    change: (settings) => void (state.settings = { ...state.settings, ...settings }),
    get settings() {
      return state.settings;
    },
    requests: () => log.list(),
    requestCount: () => log.count(),
    clearRequests: () => log.clear(),
    notices() {
      trade.advance(state);
      return state.notices.slice(-Math.max(1, state.keepNotices));
    },
    takeUnsentNotices() {
      trade.advance(state);
      return state.unsentNotices.splice(0);
    },
  };
}

const DOWN: SimulatedExchange = { delivery: 'refused', delayMs: 0 };

/** A control method: time first, then the action. */
export function actingOn<State>(
  state: State,
  advance: (state: State) => number,
): <Arguments extends readonly unknown[], Answer>(
  act: (state: State, nowMs: number, ...given: Arguments) => Answer,
) => (...given: Arguments) => Answer {
  return (act) =>
    (...given) =>
      act(state, advance(state), ...given);
}
