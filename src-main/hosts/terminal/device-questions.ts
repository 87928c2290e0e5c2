/** The questions of guided pairing for a person at a terminal; each choice has a number, too. */
import type { GuideQuestion, GuideStep } from '../../core/domain/devices/pairing-guide.ts';

const QUESTIONS: Readonly<Record<GuideQuestion, string>> = {
  'slip-out': 'Did a slip with readable text come out?',
  columns: 'Up to which number does a ruler go without a break?',
  letters: 'Which line of letters is right (áéíóúñÑ¿¡€ çãõ)?',
  qr: 'Which is the first code that a phone reads: A native, B raster-quad, C raster?',
  'cover-opened': 'Open the cover of the printer now.',
  'cover-closed': 'Close it again.',
  'stray-letters': 'Are there stray letters at the end of the last slip?',
  drawer: 'Does a cash drawer hang on this printer?',
  'drawer-sprang': 'Did the drawer spring open?',
  'drawer-sprang-again': 'And now: did it spring open?',
  'drawer-shut': 'Push the drawer shut.',
  'display-shows': 'Does the display show both lines in full, from the first column to the last?',
  'display-letters': 'Are the accents right (áéíóúñÑ¿¡€ çãõ)?',
  'scan-right': 'Is that what was scanned?',
};

/** `Question 1 yes, 2 no: ` */
export function questionText({ id, choices, takesNumber }: Extract<GuideStep, { kind: 'ask' }>): string {
  // Where numbers are answers themselves, places would be mistaken for them.
  const list = takesNumber ? choices.join(', ') : choices.map((choice, index) => `${index + 1} ${choice}`).join(', ');
  return `${QUESTIONS[id]} ${list}${takesNumber ? ' or another number' : ''}: `;
}

/** What people type besides. */
export const CHOICES: Readonly<Record<string, string>> = {
  y: 'yes',
  n: 'no',
  a: 'native',
  b: 'raster-quad',
  c: 'raster',
};
