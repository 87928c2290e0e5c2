/** The counter at a terminal: one act to a line, answered in a line. */
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import type { Act } from './acts.ts';

export type TypedWords = Readonly<{ close: () => void }>;

/** `describe` tells the state in words. The end of the input ends only the listening. */
export function listenToWords(
  input: Readable,
  output: Writable,
  acts: readonly Act[],
  describe: () => string,
): TypedWords {
  const lines = createInterface({ input, terminal: false });
  const say = (words: string) => output.write(`${words}\n`);
  lines.on('line', (line) => {
    answer(line, acts, describe).then(say, (error: unknown) =>
      say(error instanceof Error ? error.message : String(error)),
    );
  });
  return { close: () => lines.close() };
}

async function answer(line: string, acts: readonly Act[], describe: () => string): Promise<string> {
  const typed = line.trim().replaceAll(/\s+/g, ' ');
  if (typed === '') return '';
  if (typed === 'help') return acts.map(({ words, summary }) => `  ${words.padEnd(18)}${summary}`).join('\n');
  if (typed === 'state') return describe();
  const act = acts.find(({ words, takes }) =>
    takes === 'text' ? typed.toLowerCase().startsWith(`${words} `) : typed.toLowerCase() === words,
  );
  if (!act) return `no such act: ${typed} (help lists them)`;
  // What is scanned keeps its own blanks.
  await act.run(act.takes === 'text' ? line.trim().slice(act.words.length + 1) : '');
  return `done: ${act.words}`;
}
