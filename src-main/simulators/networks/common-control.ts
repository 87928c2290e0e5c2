/** The control endpoints that every simulated network has: faults, conditions, and what it remembers. */
import { z } from 'zod';
import { given } from './common-shapes.ts';
import { commandEndpoint, ControlProblem, queryEndpoint } from './control-plane.ts';
import type { ControlEndpoint } from './control-plane.ts';
import type { RecordedRequest } from './request-log.ts';
import type { ScriptEntry } from './script.ts';
import type { Weather } from './weather.ts';

/** What a test's script and the weather do to a network. */
export interface FaultControl<Fault extends string, Operation extends string> {
  script(...entries: readonly ScriptEntry<Fault, Operation>[]): void;
  clearScript(): void;
  scripted(): readonly ScriptEntry<Fault, Operation>[];
  /** Throws RangeError when the rates that can hit one operation add up to more than 1. */
  setWeather(weather: Weather<Fault>): void;
  weather(): Weather<Fault>;
}

export interface ConditionControl<Settings> {
  setNetwork(network: 'up' | 'down'): void;
  readonly network: 'up' | 'down';
  change(settings: Partial<Settings>): void;
  readonly settings: Settings;
}

export interface MemoryControl {
  requests(): readonly RecordedRequest[];
  requestCount(): number;
  clearRequests(): void;
  forget(ref: string): boolean;
  forgetFinished(idleForMs?: number): number;
}

/** The script and the weather. */
export function faultEndpoints<Fault extends string, Operation extends string>(
  engine: FaultControl<Fault, Operation>,
  own: Readonly<{
    faults: readonly Fault[];
    entry: z.ZodType<ScriptEntry<Fault, Operation>>;
    weather: z.ZodType<Weather<Fault>>;
    example: ScriptEntry<Fault, Operation>;
  }>,
): ControlEndpoint[] {
  return [
    commandEndpoint({
      name: 'script',
      summary: `The next matching requests meet a fault. Faults: ${own.faults.join(', ')}.`,
      example: own.example,
      body: z.preprocess((body) => (Array.isArray(body) ? (body as unknown) : [body]), z.array(own.entry).min(1)),
      run: (entries) => {
        engine.script(...entries);
        return engine.scripted();
      },
    }),
    queryEndpoint({ name: 'script', summary: 'What is still to come.', run: () => engine.scripted() }),
    queryEndpoint({
      name: 'script',
      method: 'DELETE',
      summary: 'Forgets the script.',
      run: () => engine.clearScript(),
    }),
    commandEndpoint({
      name: 'weather',
      summary: 'How often each fault happens by itself (rates from 0 to 1), and how slow the network is.',
      example: { rates: { 'drop-after-commit': 0.05 }, latency: { minimumMs: 20, maximumMs: 200 } },
      body: own.weather,
      run: (weather) => {
        try {
          engine.setWeather(weather);
        } catch (error) {
          if (error instanceof RangeError) return new ControlProblem(400, error.message);
          throw error;
        }
        return engine.weather();
      },
    }),
    queryEndpoint({ name: 'weather', summary: 'The weather now.', run: () => engine.weather() }),
  ];
}

export function networkEndpoints(engine: ConditionControl<unknown>): ControlEndpoint[] {
  return [
    commandEndpoint({
      name: 'network',
      summary: 'Takes the network down (connections are reset) or brings it up. The control plane stays.',
      example: { network: 'down' },
      body: z.strictObject({ network: z.enum(['up', 'down']) }),
      run: (body) => {
        engine.setNetwork(body.network);
        return { network: engine.network };
      },
    }),
    queryEndpoint({ name: 'network', summary: 'Up or down.', run: () => ({ network: engine.network }) }),
  ];
}

/** @param own.body every setting that may arrive from outside, all of them optional. */
export function settingsEndpoints<Settings>(
  engine: ConditionControl<Settings>,
  own: Readonly<{ body: z.ZodType<object>; example: Partial<Settings> }>,
): ControlEndpoint[] {
  return [
    commandEndpoint({
      name: 'settings',
      summary: 'Changes settings; those not named stay.',
      example: own.example,
      body: own.body,
      run: (body) => {
        engine.change(given(body));
        return engine.settings;
      },
    }),
    queryEndpoint({ name: 'settings', summary: 'All settings.', run: () => engine.settings }),
  ];
}

/** Everything of a kind, or with `?ref=` one of them. */
export function lookUpEndpoint(
  own: Readonly<{
    name: string;
    summary: string;
    all: () => unknown;
    one: (ref: string) => unknown;
    unknown: (ref: string) => ControlProblem;
  }>,
): ControlEndpoint {
  const { name, summary, all, one, unknown } = own;
  return queryEndpoint({
    name,
    summary,
    run: (query) => {
      const wanted = query['ref'];
      return wanted === undefined ? all() : (one(wanted) ?? unknown(wanted));
    },
  });
}

export function requestEndpoints(engine: MemoryControl): ControlEndpoint[] {
  return [
    queryEndpoint({
      name: 'requests',
      summary: 'The newest requests as they arrived, with what became of each.',
      run: () => engine.requests(),
    }),
    queryEndpoint({
      name: 'requests',
      method: 'DELETE',
      summary: 'Forgets the recorded requests.',
      run: () => engine.clearRequests(),
    }),
  ];
}

export function forgetEndpoint(
  engine: MemoryControl,
  own: Readonly<{ summary: string; ref: z.ZodType<string>; unknown: (ref: string) => ControlProblem }>,
): ControlEndpoint {
  return commandEndpoint({
    name: 'forget',
    summary: own.summary,
    example: { ref: 'optional' },
    body: z.strictObject({ ref: own.ref.optional() }),
    run: ({ ref }) => {
      if (ref === undefined) return { forgotten: engine.forgetFinished() };
      return engine.forget(ref) ? { forgotten: 1 } : own.unknown(ref);
    },
  });
}
