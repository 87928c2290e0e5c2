/** Text in columns for a terminal: facts under a heading, and tables. */

/** `label  value` lines; a fact without a value is left out, one with several goes on below itself. */
export type Fact = readonly [label: string, value: string | readonly string[] | undefined];

export function facts(heading: string, list: readonly Fact[]): string {
  const shown = list.flatMap(([label, value]) => {
    const lines = (typeof value === 'string' ? [value] : (value ?? [])).map(visible);
    return lines.length > 0 ? [{ label, lines }] : [];
  });
  const width = Math.max(0, ...shown.map(({ label }) => widthOf(label)));
  const body = shown.flatMap(({ label, lines }) =>
    lines.map((line, index) => `  ${padded(index === 0 ? label : '', width)}  ${line}`),
  );
  return [heading, ...body].join('\n');
}

/** Columns as wide as their widest cell; numbers lean to the right. */
export function table(
  columns: readonly Readonly<{ title: string; right?: boolean }>[],
  rows: readonly (readonly string[])[],
): string {
  const clean = rows.map((row) => row.map(visible));
  const widths = columns.map(({ title }, index) =>
    Math.max(widthOf(title), ...clean.map((row) => widthOf(row[index] ?? ''))),
  );
  const line = (cells: readonly string[]): string =>
    columns
      .map(({ right }, index) => padded(cells[index] ?? '', widths[index] ?? 0, right))
      .join('  ')
      .trimEnd();
  return [line(columns.map(({ title }) => title)), ...clean.map(line)].join('\n');
}

/** A name or an answer of a network must not be able to move the cursor. */
export function visible(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '?');
}

function padded(text: string, width: number, right = false): string {
  const space = ' '.repeat(Math.max(0, width - widthOf(text)));
  return right ? space + text : text + space;
}

let segmenter: Intl.Segmenter | undefined;

/** Characters as a person counts them. Most texts are plain, and the rules of all others take longer to load than a command to answer. */
function widthOf(text: string): number {
  if (/^[ -~]*$/.test(text)) return text.length;
  segmenter ??= new Intl.Segmenter('en');
  return [...segmenter.segment(text)].length;
}
