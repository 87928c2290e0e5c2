/**
 * Takes known secrets out of text that came from outside (I11). A network may echo our token in a body, an error message or a header;
 * what is kept as evidence or shown must not carry it.
 */
export const REMOVED = '[removed]';

/** Shorter than this is no secret, and removing it would shred every text. */
const SHORTEST_SECRET = 4;

export type SecretFilter = Readonly<{
  clean(text: string): string;
  finds(text: string): boolean;
}>;

/** Knows each secret as it is, inside a JSON text, percent-encoded and in base64. */
export function secretFilter(secrets: readonly string[]): SecretFilter {
  const forms = secrets.filter((secret) => secret.length >= SHORTEST_SECRET).flatMap(formsOf);
  const longestFirst = [...new Set(forms)].sort((left, right) => right.length - left.length);
  return {
    clean: (text) => withoutTail(longestFirst.reduce(replaceForm, text), longestFirst),
    finds: (text) => longestFirst.some((form) => text.includes(form)),
  };
}

function formsOf(secret: string): string[] {
  const inJson = JSON.stringify(secret).slice(1, -1);
  return [secret, inJson, encodeURIComponent(secret), Buffer.from(secret, 'utf8').toString('base64')];
}

function replaceForm(text: string, form: string): string {
  return text.replaceAll(form, REMOVED);
}

/** A text that was cut may end in the first part of a secret. */
function withoutTail(text: string, forms: readonly string[]): string {
  let tail = 0;
  for (const form of forms) {
    // Most texts do not even hold the beginning of one near their end.
    const nearEnd = Math.max(0, text.length - form.length + 1);
    if (text.indexOf(form.slice(0, SHORTEST_SECRET), nearEnd) < 0) continue;
    for (let length = form.length - 1; length >= SHORTEST_SECRET && length > tail; length -= 1) {
      if (text.endsWith(form.slice(0, length))) tail = length;
    }
  }
  return tail === 0 ? text : text.slice(0, -tail) + REMOVED;
}
