/**
 * Guided pairing: what is tried and what the technician is asked, in which order, and which traits his answers make. Pure.
 *
 * Each guide is a story told from its beginning with the answers known so far; it stops at the first thing that nobody has answered yet. So
 * taking an answer back is leaving it out, and a screen, a command line and a test walk the same way.
 */
import type { DeviceRole, DisplayTraits, PairedDevice, PrinterTraits, ScannerTraits } from './device.ts';
import type { TryOutJob, TryOutResult } from './try-out.ts';

/** What a profile says; the answers go over it. */
export type GuideProfile = Readonly<{
  columns?: number;
  /** Pages whose letters the test slip shows, in the order of its lines. */
  codePages?: readonly Readonly<{ number: number; name: string }>[];
  codePage?: Readonly<{ number: number; name: string }>;
  qr?: 'native' | 'raster-quad' | 'raster';
  status?: NonNullable<PrinterTraits['status']>;
  confirm?: NonNullable<PrinterTraits['confirm']>;
  /** Which connector a drawer would hang on. */
  drawerPin?: 0 | 1;
}>;

export type GuideAnswers = Readonly<Record<string, string>>;

export type DeviceTraits = Pick<PairedDevice, 'printer' | 'display' | 'scanner'>;

/** What pairing could not make right; it works without. */
export type GuideRemark =
  | 'letters-wrong'
  | 'qr-not-readable'
  | 'status-silent'
  | 'status-untrue'
  | 'confirm-none'
  | 'drawer-shut'
  | 'drawer-no-sensor';

/** Why pairing cannot go on before something else is changed. */
export type GuideStop =
  /** Nothing could be sent: the result of the try says why. */
  | 'not-reached'
  /** Sent, and nothing happened: wrong line, speed or switches. */
  | 'nothing-happens'
  /** Signs, but not these: wrong speed or wrong profile. */
  | 'garbage';

export type GuideStep =
  /** Something to do by machine; its answer is `answerOf` the result. */
  | Readonly<{ kind: 'try'; id: string; job: TryOutJob; traits: DeviceTraits }>
  /** Something that only a person sees. `number`: a whole number is an answer too. */
  | Readonly<{ kind: 'ask'; id: GuideQuestion; choices: readonly string[]; takesNumber: boolean; traits: DeviceTraits }>
  | Readonly<{ kind: 'finished'; traits: DeviceTraits; remarks: readonly GuideRemark[] }>
  | Readonly<{ kind: 'stopped'; because: GuideStop; at: string }>;

export const GUIDE_QUESTIONS = [
  'slip-out',
  'columns',
  'letters',
  'qr',
  'cover-opened',
  'cover-closed',
  'stray-letters',
  'drawer',
  'drawer-sprang',
  'drawer-sprang-again',
  'drawer-shut',
  'display-shows',
  'display-letters',
  'scan-right',
] as const;
export type GuideQuestion = (typeof GUIDE_QUESTIONS)[number];

const COLUMNS = ['32', '42', '48'];
export const COLUMNS_MIN = 24;
export const COLUMNS_MAX = 64;

/** How a result is written among the answers. */
export function answerOf({ outcome, status, level, text }: TryOutResult): string {
  if (level !== undefined) return level;
  if (status?.cover === 'open') return 'cover-open';
  if (text !== undefined && outcome === 'answered') return 'read';
  return outcome;
}

/** The next thing to do for a device of this role, after these answers. */
export function guideStep(role: DeviceRole, profile: GuideProfile, answers: GuideAnswers): GuideStep {
  const story = STORIES[role](profile);
  let told = story.next('');
  while (told.done !== true) {
    const answer = answers[told.value.id];
    if (answer === undefined || !isAnswer(told.value, answer)) return told.value;
    told = story.next(answer);
  }
  return told.value;
}

function isAnswer(step: Open, answer: string): boolean {
  if (step.kind === 'try' || step.choices.includes(answer)) return true;
  return step.takesNumber && /^\d{1,3}$/.test(answer) && Number(answer) >= COLUMNS_MIN && Number(answer) <= COLUMNS_MAX;
}

type Open = Extract<GuideStep, { kind: 'try' | 'ask' }>;
type End = Extract<GuideStep, { kind: 'finished' | 'stopped' }>;
type Story<Value = End> = Generator<Open, Value, string>;
type Stopped = Extract<GuideStep, { kind: 'stopped' }>;

/** What has been learned so far; each part of a story adds to it. */
type Learned = { traits: DeviceTraits; readonly remarks: GuideRemark[] };

const YES_NO = ['yes', 'no'];
/** Whatever may have left, somebody looks whether it came out. */
const NEVER_LEFT = ['refused'];

function trying(id: string, job: TryOutJob, { traits }: Learned): Open {
  return { kind: 'try', id, job, traits };
}

function asking(id: GuideQuestion, choices: readonly string[], { traits }: Learned, takesNumber = false): Open {
  return { kind: 'ask', id, choices, takesNumber, traits };
}

function finished({ traits, remarks }: Learned): End {
  return { kind: 'finished', traits, remarks };
}

function learnPrinter(learned: Learned, more: PrinterTraits): void {
  learned.traits = { printer: { ...learned.traits.printer, ...more } };
}

const STORIES: Readonly<Record<DeviceRole, (profile: GuideProfile) => Story>> = {
  printer: printerStory,
  display: displayStory,
  'qr-display': displayStory,
  scanner: scannerStory,
};

function* printerStory(profile: GuideProfile): Story {
  const learned: Learned = { traits: { printer: {} }, remarks: [] };
  const stopped = yield* slipStory(profile, learned);
  if (stopped) return stopped;
  const tells = yield* statusStory(profile, learned);
  yield* confirmStory(profile, learned, tells);
  yield* drawerStory(profile, learned, tells);
  return finished(learned);
}

/** One paper that asks for its width, its letters and its codes. */
function* slipStory(profile: GuideProfile, learned: Learned): Story<Stopped | undefined> {
  if (NEVER_LEFT.includes(yield trying('slip', 'test-slip', learned)))
    return { kind: 'stopped', because: 'not-reached', at: 'slip' };
  const seen = yield asking('slip-out', ['yes', 'nothing', 'garbage'], learned);
  if (seen !== 'yes')
    return { kind: 'stopped', because: seen === 'nothing' ? 'nothing-happens' : 'garbage', at: 'slip-out' };
  const columns = Number(yield asking('columns', COLUMNS, learned, true));
  if (columns !== profile.columns) learnPrinter(learned, { columns });
  yield* lettersStory(profile, learned);
  yield* qrStory(profile, learned);
  return undefined;
}

function* lettersStory({ codePages = [], codePage }: GuideProfile, learned: Learned): Story<void> {
  const answer = yield asking('letters', [...codePages.map(pageChoice), 'none'], learned);
  const page = codePages.find((candidate) => pageChoice(candidate) === answer);
  if (!page) learned.remarks.push('letters-wrong');
  else if (page.name !== codePage?.name || page.number !== codePage.number) learnPrinter(learned, { codePage: page });
}

/** As it stands on the slip, before the letters: `19 CP858`. */
export function pageChoice({ number, name }: Readonly<{ number: number; name: string }>): string {
  return `${number} ${name}`;
}

export const QR_FORMS = ['native', 'raster-quad', 'raster'] as const;

/** The forms on the slip, from the profile's own to the surest. */
export function qrFormsToTry({ qr = 'native' }: Pick<GuideProfile, 'qr'>): readonly (typeof QR_FORMS)[number][] {
  return QR_FORMS.slice(QR_FORMS.indexOf(qr));
}

/** The first of the codes that a phone reads. */
function* qrStory(profile: GuideProfile, learned: Learned): Story<void> {
  const forms = qrFormsToTry(profile);
  const answer = yield asking('qr', [...forms, 'none'], learned);
  const read = forms.find((form) => form === answer);
  if (!read) learned.remarks.push('qr-not-readable');
  else if (read !== profile.qr) learnPrinter(learned, { qr: read });
}

/** A status is believed only when it told of an open cover while the cover was open: some clones always say that all is well. */
function* statusStory({ status = 'none' }: GuideProfile, learned: Learned): Story<boolean> {
  if ((yield trying('status', 'status', learned)) !== 'answered') {
    learnPrinter(learned, { status: 'none' });
    learned.remarks.push('status-silent');
    return false;
  }
  let tells = true;
  if ((yield asking('cover-opened', ['opened', 'skip'], learned)) === 'opened') {
    tells = (yield trying('status-open', 'status', learned)) === 'cover-open';
    yield asking('cover-closed', ['closed'], learned);
  }
  if (!tells) learned.remarks.push('status-untrue');
  const asked = status === 'none' ? 'dle' : status;
  learnPrinter(learned, { status: tells ? asked : 'none' });
  return tells;
}

/** A printer that does not know the question may print its letters: then it is never asked again. What was seen is kept, whatever the profile says. */
function* confirmStory({ confirm = 'none' }: GuideProfile, learned: Learned, tells: boolean): Story<void> {
  const proven = tells ? yield* provenStory(confirm, learned) : 'none';
  learnPrinter(learned, { confirm: proven });
  if (proven === 'none') learned.remarks.push('confirm-none');
}

function* provenStory(confirm: NonNullable<GuideProfile['confirm']>, learned: Learned): Story<typeof confirm> {
  const printed = yield trying('proof', 'proof-printed', learned);
  if (printed === 'printed' && (yield asking('stray-letters', YES_NO, learned)) === 'no')
    return confirm === 'star-etb' ? 'star-etb' : 'process-id';
  if (confirm === 'star-etb') return 'none';
  return (yield trying('proof-later', 'proof-processed', learned)) === 'processed' ? 'gs-r' : 'none';
}

function* drawerStory({ drawerPin = 0 }: GuideProfile, learned: Learned, tells: boolean): Story<void> {
  if ((yield asking('drawer', YES_NO, learned)) === 'no') return;
  const otherPin = drawerPin === 0 ? 1 : 0;
  learnPrinter(learned, { drawer: { pin: drawerPin } });
  yield trying('pulse', 'drawer-pulse', learned);
  let pin: 0 | 1 = drawerPin;
  if ((yield asking('drawer-sprang', YES_NO, learned)) === 'no') {
    pin = otherPin;
    learnPrinter(learned, { drawer: { pin } });
    yield trying('pulse-other', 'drawer-pulse', learned);
    if ((yield asking('drawer-sprang-again', YES_NO, learned)) === 'no') {
      const { drawer: _none, ...rest } = learned.traits.printer ?? {};
      learned.traits = { printer: rest };
      learned.remarks.push('drawer-shut');
      return;
    }
  }
  const open = tells ? yield trying('level-open', 'drawer-level', learned) : 'silent';
  const shut =
    open === 'high' || open === 'low'
      ? (yield asking('drawer-shut', ['shut'], learned)) && (yield trying('level-shut', 'drawer-level', learned))
      : 'silent';
  if ((open === 'high' && shut === 'low') || (open === 'low' && shut === 'high'))
    learnPrinter(learned, { drawer: { pin, openLevel: open } });
  else learned.remarks.push('drawer-no-sensor');
}

function* displayStory({ codePages = [], codePage }: GuideProfile): Story {
  const learned: Learned = { traits: {}, remarks: [] };
  if (NEVER_LEFT.includes(yield trying('page', 'display-page', learned)))
    return { kind: 'stopped', because: 'not-reached', at: 'page' };
  const seen = yield asking('display-shows', ['right', 'garbage', 'nothing'], learned);
  if (seen !== 'right')
    return { kind: 'stopped', because: seen === 'nothing' ? 'nothing-happens' : 'garbage', at: 'display-shows' };
  // Plain letters are right everywhere; accents only where the font has the page.
  const [page] = codePages;
  if (codePage || !page) return finished(learned);
  learned.traits = { display: { codePage: page } satisfies DisplayTraits };
  yield trying('page-letters', 'display-page', learned);
  if ((yield asking('display-letters', YES_NO, learned)) === 'no') {
    learned.traits = {};
    learned.remarks.push('letters-wrong');
  }
  return finished(learned);
}

function* scannerStory(): Story {
  const learned: Learned = { traits: { scanner: {} satisfies ScannerTraits }, remarks: [] };
  const read = yield trying('scan', 'scan', learned);
  if (NEVER_LEFT.includes(read)) return { kind: 'stopped', because: 'not-reached', at: 'scan' };
  if (read !== 'read') return { kind: 'stopped', because: 'nothing-happens', at: 'scan' };
  if ((yield asking('scan-right', YES_NO, learned)) === 'no')
    return { kind: 'stopped', because: 'garbage', at: 'scan-right' };
  return finished(learned);
}
