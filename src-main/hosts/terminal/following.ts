/** Follows the networks, and tells a person at the screen each change as it comes. */
import type { Surroundings } from './answer.ts';
import { speakerFor } from './speaker.ts';
import type { TerminalTill } from './terminal-till.ts';

/** `words`: how it stands, in one line; a change of it is a change to tell. */
export async function followed(
  till: TerminalTill,
  { note }: Surroundings,
  words: () => string,
  until: () => boolean,
  timeoutMs: number,
): Promise<void> {
  let last = words();
  const tell = (): boolean => {
    const now = words();
    if (now !== last) note(`${speakerFor(till).clock(Date.now())}  ${now}`);
    last = now;
    return until();
  };
  await till.follow(tell, timeoutMs);
}
