/**
 * Canonical encoding: one value, one text, whatever the order in which its fields were set. What the journal hashes.
 *
 * A subset of RFC 8785 (JSON Canonicalization Scheme): keys sorted by UTF-16 code units, no white space; numbers are safe integers only.
 * Errors  TypeError for anything else (fraction, NaN, undefined, function, lone surrogate): such a value must never reach the journal.
 */
export function canonical(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return text(value);
    case 'number':
      if (!Number.isSafeInteger(value)) throw new TypeError(`canonical: not a whole number: ${value}`);
      return String(value === 0 ? 0 : value);
    case 'boolean':
      return value ? 'true' : 'false';
    case 'object':
      if (value === null) return 'null';
      return Array.isArray(value) ? `[${value.map(canonical).join(',')}]` : fields(value as Fields);
    default:
      throw new TypeError(`canonical: cannot encode ${typeof value}`);
  }
}

type Fields = Readonly<Record<string, unknown>>;

/** The journal's few hundred field names come again with every entry; somebody else's are not kept without end. */
const names = new Map<string, string>();
const MOST_NAMES = 2_000;

function text(value: string): string {
  if (!value.isWellFormed()) throw new TypeError('canonical: lone surrogate in text');
  return JSON.stringify(value);
}

/** Written piece by piece into one text: this runs for every byte that is journalled, stored or checked. */
function fields(value: Fields): string {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) throw new TypeError('canonical: only plain objects');
  let written = '{';
  let comma = '';
  for (const key of Object.keys(value).sort()) {
    written += comma + nameOf(key) + canonical(value[key]);
    comma = ',';
  }
  return `${written}}`;
}

function nameOf(key: string): string {
  const known = names.get(key);
  if (known !== undefined) return known;
  const name = `${text(key)}:`;
  if (names.size < MOST_NAMES) names.set(key, name);
  return name;
}
