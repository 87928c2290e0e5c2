/**
 * The network's errors, in both envelopes: `{ errors: [{ code, message, details }] }` of the Orders API, and
 * `{ error | code, message, status, cause }` of the gateways before it.
 */
import { asObject, codeText, fieldOf, objectsIn, plainText, textIn } from '../http/wire-fields.ts';
import type { WireObject } from '../http/wire-fields.ts';

export type WireError = Readonly<{ code: string; detail: string }>;

/** Undefined: the answer carries no error in either form. */
export function readWireError(json: unknown): WireError | undefined {
  const envelope = asObject(json);
  const first = objectsIn(envelope, 'errors')?.[0];
  const code =
    nonEmpty(textIn(first, 'code')) ?? nonEmpty(textIn(envelope, 'error')) ?? nonEmpty(textIn(envelope, 'code'));
  if (code === undefined) return undefined;
  const message = textIn(first, 'message') ?? textIn(envelope, 'message') ?? '';
  return { code: codeText(code), detail: plainText([message, ...detailsOf(first)].filter(Boolean).join('; '), 300) };
}

function detailsOf(error: WireObject | undefined): readonly string[] {
  const details = fieldOf(error, 'details');
  return Array.isArray(details) ? details.filter((entry) => typeof entry === 'string') : [];
}

function nonEmpty(text: string | undefined): string | undefined {
  return text === undefined || text.trim() === '' ? undefined : text.trim();
}
