/** Tolerant reading of JSON fields: what is absent or of another kind is undefined, never an error. */

export type WireObject = Readonly<Record<string, unknown>>;

export function asObject(value: unknown): WireObject | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as WireObject) : undefined;
}

export function objectIn(parent: WireObject | undefined, name: string): WireObject | undefined {
  return asObject(fieldOf(parent, name));
}

/** The objects of a list; undefined when there is no list. */
export function objectsIn(parent: WireObject | undefined, name: string): readonly WireObject[] | undefined {
  const list = fieldOf(parent, name);
  return Array.isArray(list) ? list.map((entry) => asObject(entry) ?? {}) : undefined;
}

/** Text, or a number as the text JSON would print it: ids come as both. */
export function textIn(parent: WireObject | undefined, name: string): string | undefined {
  const value = fieldOf(parent, name);
  if (typeof value === 'string') return value;
  return typeof value === 'number' ? String(value) : undefined;
}

export function fieldOf(parent: WireObject | undefined, name: string): unknown {
  return parent !== undefined && Object.hasOwn(parent, name) ? parent[name] : undefined;
}

/** Printable ASCII without a space at either end: what nearly every field is. */
const PLAIN = /^[!-~](?:[ -~]*[!-~])?$/;

/** For journal and screens: one line of well-formed text, no control characters, at most `longest` characters. */
export function plainText(text: string, longest: number): string {
  if (text.length <= longest && PLAIN.test(text)) return text;
  const oneLine = text
    .toWellFormed()
    .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim();
  const characters = Array.from(oneLine);
  return characters.length <= longest ? oneLine : `${characters.slice(0, longest - 1).join('')}…`;
}

/** A code as networks write them: letters, digits and a few signs; anything else becomes an underscore. */
export function codeText(text: string): string {
  return text.replaceAll(/[^\w.:-]/g, '_').slice(0, 64);
}
