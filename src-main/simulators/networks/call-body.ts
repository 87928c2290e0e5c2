/** A request's body where one may be absent, and a command may be sent without. */
import { isRecord } from './body-rules.ts';
import type { SimulatedRequest } from './exchange.ts';

export type CallBody =
  Readonly<{ kind: 'empty' }> | Readonly<{ kind: 'broken' }> | Readonly<{ kind: 'json'; value: unknown }>;

export function readBody({ bodyText }: SimulatedRequest): CallBody {
  if (bodyText === '') return { kind: 'empty' };
  try {
    return { kind: 'json', value: JSON.parse(bodyText) };
  } catch {
    return { kind: 'broken' };
  }
}

/** A property of a body that is an object; undefined where there is none, or it is no text. */
export function textIn(body: CallBody, name: string): string | undefined {
  if (body.kind !== 'json' || !isRecord(body.value)) return undefined;
  const text = body.value[name];
  return typeof text === 'string' ? text : undefined;
}
