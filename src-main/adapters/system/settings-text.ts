/**
 * JSON text with places: what a person wrote in a settings file, and where each key stands, so that a mistake can be shown at its line.
 *
 * Strict JSON (RFC 8259): no trailing comma, and no comments unless they are asked for. Errors are values with line and column from 1, and what to do.
 */
import { findNodeAtLocation, parseTree, printParseErrorCode, stripComments } from 'jsonc-parser';
import type { Node, ParseError } from 'jsonc-parser';
import { err, ok } from '../../core/domain/result.ts';
import type { Result } from '../../core/domain/result.ts';

export type Place = Readonly<{ line: number; column: number }>;
export type TextProblem = Place & Readonly<{ message: string }>;

export type PlacedJson = Readonly<{
  value: unknown;
  /** Where the value or key at this path stands; the nearest parent where the path does not exist. */
  placeOf(path: readonly (string | number)[]): Place;
}>;

const WORDS: Readonly<Record<string, string>> = {
  PropertyNameExpected: 'a name in double quotes is expected here',
  ValueExpected: 'a value is expected here',
  ColonExpected: 'a colon is missing after the name',
  CommaExpected: 'a comma is missing',
  CloseBraceExpected: 'a closing } is missing',
  CloseBracketExpected: 'a closing ] is missing',
  EndOfFileExpected: 'there is text after the end',
  InvalidCommentToken: 'comments are not allowed in a settings file',
  InvalidNumberFormat: 'this is no number',
  UnexpectedEndOfString: 'the text is not closed with a double quote',
  InvalidCharacter: 'a control character stands inside a text',
  InvalidSymbol: 'this is neither a text, a number, true, false nor null',
};

/** Takes text, or a file's bytes, which must be UTF-8. */
export function readPlacedJson(
  file: string | Uint8Array,
  { mayHaveComments = false }: Readonly<{ mayHaveComments?: boolean }> = {},
): Result<PlacedJson, readonly TextProblem[]> {
  const text = typeof file === 'string' ? ok(file) : decode(file);
  if (!text.ok) return err([text.error]);
  const unmarked = text.value.replace(/^\uFEFF/, '');
  // Blanks in their place: everything else stays at its line and column.
  const bare = mayHaveComments ? stripComments(unmarked, ' ') : unmarked;
  if (bare.trim() === '') return err([{ line: 1, column: 1, message: 'the file is empty' }]);
  const tooDeep = placeOfDepth(bare);
  if (tooDeep) return err([{ ...tooDeep, message: `more than ${DEPTH_MAX} brackets are open here` }]);
  const errors: ParseError[] = [];
  const root = parseTree(bare, errors, { disallowComments: true, allowTrailingComma: false });
  const [first] = errors;
  if (first) {
    return err([problemAt(bare, first)]);
  }
  if (!root) return err([{ line: 1, column: 1, message: 'the file is empty' }]);
  const repeated = repeatedKeys(root).map((node) => ({
    ...placeAt(bare, node.offset),
    message: `${JSON.stringify(node.value)} stands here a second time`,
  }));
  if (repeated.length > 0) return err(repeated);
  const value: unknown = JSON.parse(bare);
  return ok({ value, placeOf: (path) => placeAt(bare, nearest(root, path).offset) });
}

/** A letter that was lost would stand in a name, or in an address, for good: nothing is guessed. */
function decode(bytes: Uint8Array): Result<string, TextProblem> {
  try {
    return ok(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch {
    const loose = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
    return err({
      ...placeAt(loose, Math.max(0, loose.indexOf('\uFFFD'))),
      message: 'not UTF-8 here: save the file as UTF-8',
    });
  }
}

const DEPTH_MAX = 50;

/** Where brackets, outside texts, are nested deeper than any file of ours: parsers that call themselves would run out of stack. */
function placeOfDepth(text: string): Place | undefined {
  let depth = 0;
  for (const { 0: token, index } of text.matchAll(/"(?:[^"\\\n]|\\.)*"?|[[\]{}]/g)) {
    if (token === '[' || token === '{') depth += 1;
    else if (token === ']' || token === '}') depth -= 1;
    if (depth > DEPTH_MAX) return placeAt(text, index);
  }
  return undefined;
}

/** A comma too many is shown at the comma, not at the bracket after it. */
function problemAt(text: string, { error, offset }: ParseError): TextProblem {
  const code = printParseErrorCode(error);
  const comma = /,\s*$/.exec(text.slice(0, offset));
  const isExtraComma = comma && (code === 'PropertyNameExpected' || code === 'ValueExpected');
  if (isExtraComma) return { ...placeAt(text, comma.index), message: 'a comma too many: nothing follows it' };
  return { ...placeAt(text, offset), message: WORDS[code] ?? code };
}

function nearest(root: Node, path: readonly (string | number)[]): Node {
  for (let length = path.length; length > 0; length -= 1) {
    const node = findNodeAtLocation(root, path.slice(0, length));
    // A key's own place is its name, not its value.
    if (node) return node.parent?.type === 'property' ? node.parent : node;
  }
  return root;
}

/** JSON.parse would silently keep the last of two equal keys. */
function repeatedKeys(node: Node): readonly Node[] {
  const children = node.children ?? [];
  const inside = children.flatMap(repeatedKeys);
  if (node.type !== 'object') return inside;
  const names = children.flatMap((property) => property.children?.[0] ?? []);
  return [...names.filter((name, index) => names.findIndex((other) => other.value === name.value) < index), ...inside];
}

function placeAt(text: string, offset: number): Place {
  const before = text.slice(0, offset);
  const line = before.split('\n').length;
  return { line, column: offset - before.lastIndexOf('\n') };
}
