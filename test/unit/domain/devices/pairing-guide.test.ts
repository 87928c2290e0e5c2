/** Guided pairing without a device: what is asked in which order, and what the answers make of a device. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { DEVICE_ROLES } from '../../../../src-main/core/domain/devices/device.ts';
import type { DeviceRole } from '../../../../src-main/core/domain/devices/device.ts';
import { answerOf, guideStep } from '../../../../src-main/core/domain/devices/pairing-guide.ts';
import type { GuideAnswers, GuideProfile, GuideStep } from '../../../../src-main/core/domain/devices/pairing-guide.ts';

const PAGES = [
  { number: 19, name: 'CP858' },
  { number: 16, name: 'CP1252' },
  { number: 2, name: 'CP850' },
];
const GENERIC: GuideProfile = {
  columns: 48,
  codePage: { number: 19, name: 'CP858' },
  codePages: PAGES,
  qr: 'native',
  status: 'dle',
  confirm: 'none',
  drawerPin: 0,
};

/** A good printer whose owner answers everything with yes. */
const WELL = {
  slip: 'sent',
  'slip-out': 'yes',
  columns: '48',
  letters: '19 CP858',
  qr: 'native',
  status: 'answered',
  'cover-opened': 'opened',
  'status-open': 'cover-open',
  'cover-closed': 'closed',
  proof: 'printed',
  'stray-letters': 'no',
  drawer: 'yes',
  pulse: 'sent',
  'drawer-sprang': 'yes',
  'level-open': 'high',
  'drawer-shut': 'shut',
  'level-shut': 'low',
} as const;

function end(answers: GuideAnswers, role: DeviceRole = 'printer', profile: GuideProfile = GENERIC): GuideStep {
  const step = guideStep(role, profile, answers);
  if (step.kind === 'try' || step.kind === 'ask') throw new Error(`nobody answered ${step.id}`);
  return step;
}

test('a printer that does everything is paired with a proof of printing and a calibrated drawer', () => {
  expect(end(WELL)).toEqual({
    kind: 'finished',
    traits: { printer: { status: 'dle', confirm: 'process-id', drawer: { pin: 0, openLevel: 'high' } } },
    remarks: [],
  });
});

test('each step waits for its own answer, and comes back when its answer is taken back', () => {
  const order: string[] = [];
  const known: Record<string, string> = {};
  for (;;) {
    const step = guideStep('printer', GENERIC, known);
    if (step.kind === 'finished' || step.kind === 'stopped') break;
    order.push(step.id);
    known[step.id] = WELL[step.id as keyof typeof WELL];
  }
  expect(order).toEqual(Object.keys(WELL));
  const { qr: _takenBack, ...without } = known;
  expect(guideStep('printer', GENERIC, without)).toMatchObject({ kind: 'ask', id: 'qr' });
});

test('narrower paper and another code page become traits; what the profile says already does not', () => {
  const step = end({ ...WELL, columns: '42', letters: '16 CP1252' });
  expect(step).toMatchObject({ traits: { printer: { columns: 42, codePage: { number: 16, name: 'CP1252' } } } });
});

test('a column count that no paper has is no answer', () => {
  for (const columns of ['23', '65', 'many', '', '4 8'])
    expect(guideStep('printer', GENERIC, { ...WELL, columns })).toMatchObject({ kind: 'ask', id: 'columns' });
});

test('the first code that a phone reads is the one that is printed from now on', () => {
  expect(end({ ...WELL, qr: 'raster-quad' })).toMatchObject({
    traits: { printer: { qr: 'raster-quad' } },
    remarks: [],
  });
  expect(end({ ...WELL, qr: 'none' })).toMatchObject({ remarks: ['qr-not-readable'] });
  const quad: GuideProfile = { ...GENERIC, qr: 'raster-quad' };
  const { qr: _was, ...before } = WELL;
  expect(guideStep('printer', quad, before)).toMatchObject({ choices: ['raster-quad', 'raster', 'none'] });
});

test('what is printed after an answer obeys it', () => {
  const { proof: _was, ...before } = WELL;
  const step = guideStep('printer', GENERIC, { ...before, columns: '32', qr: 'raster-quad' });
  expect(step).toMatchObject({ kind: 'try', id: 'proof', traits: { printer: { columns: 32, qr: 'raster-quad' } } });
});

test('a printer that says that all is well while its cover is open is not believed, nor asked for proof', () => {
  const lies = { ...WELL, 'status-open': 'answered' };
  expect(end({ ...lies, drawer: 'no' })).toEqual({
    kind: 'finished',
    traits: { printer: { status: 'none', confirm: 'none' } },
    remarks: ['status-untrue', 'confirm-none'],
  });
});

test('letters of the question on paper: the question is never asked again', () => {
  const step = end({ ...WELL, 'stray-letters': 'yes', 'proof-later': 'silent' });
  expect(step).toMatchObject({ traits: { printer: { drawer: { pin: 0 } } }, remarks: ['confirm-none'] });
  const later = end({ ...WELL, 'stray-letters': 'yes', 'proof-later': 'processed' });
  expect(later).toMatchObject({ traits: { printer: { confirm: 'gs-r' } }, remarks: [] });
});

test('a silent printer is paired all the same, without status and proof', () => {
  const step = end({ ...WELL, status: 'silent' });
  expect(step).toEqual({
    kind: 'finished',
    traits: { printer: { status: 'none', confirm: 'none', drawer: { pin: 0 } } },
    remarks: ['status-silent', 'confirm-none', 'drawer-no-sensor'],
  });
});

test('a drawer on the other pin is found; one that stays shut is no drawer', () => {
  const other = { ...WELL, 'drawer-sprang': 'no', 'pulse-other': 'sent', 'drawer-sprang-again': 'yes' };
  expect(end(other)).toMatchObject({ traits: { printer: { drawer: { pin: 1, openLevel: 'high' } } } });
  const shut = end({ ...other, 'drawer-sprang-again': 'no' });
  expect(shut).toMatchObject({ traits: { printer: { confirm: 'process-id' } }, remarks: ['drawer-shut'] });
  expect(JSON.stringify(shut)).not.toContain('drawer":');
});

test('a sensor that reads the same open and shut is no sensor', () => {
  const step = end({ ...WELL, 'level-shut': 'high' });
  expect(step).toMatchObject({ traits: { printer: { drawer: { pin: 0 } } }, remarks: ['drawer-no-sensor'] });
});

test('nothing sent, nothing printed and garbage each end with what to look for', () => {
  expect(end({ slip: 'refused' })).toEqual({ kind: 'stopped', because: 'not-reached', at: 'slip' });
  expect(end({ slip: 'sent', 'slip-out': 'nothing' })).toMatchObject({ because: 'nothing-happens' });
  expect(end({ slip: 'sent', 'slip-out': 'garbage' })).toMatchObject({ because: 'garbage' });
});

test('a display learns a code page only when somebody has seen its letters', () => {
  const shown = { page: 'sent', 'display-shows': 'right', 'page-letters': 'sent' };
  const profile = { codePages: PAGES };
  const right = end({ ...shown, 'display-letters': 'yes' }, 'display', profile);
  expect(right).toMatchObject({ traits: { display: { codePage: PAGES[0] } }, remarks: [] });
  const wrong = end({ ...shown, 'display-letters': 'no' }, 'display', profile);
  expect(wrong).toMatchObject({ traits: {}, remarks: ['letters-wrong'] });
});

test('a scanner is paired when it has read something and the text was right', () => {
  expect(end({ scan: 'read', 'scan-right': 'yes' }, 'scanner', {})).toMatchObject({ kind: 'finished' });
  expect(end({ scan: 'silent' }, 'scanner', {})).toMatchObject({ because: 'nothing-happens' });
});

test('a result is written among the answers by what it told', () => {
  const status = { online: 'no', paper: 'ok', cover: 'open' } as const;
  expect(answerOf({ outcome: 'answered', status })).toBe('cover-open');
  expect(answerOf({ outcome: 'answered', status: { ...status, cover: 'closed' } })).toBe('answered');
  expect(answerOf({ outcome: 'answered', level: 'low' })).toBe('low');
  expect(answerOf({ outcome: 'answered', text: 'ABC' })).toBe('read');
  expect(answerOf({ outcome: 'refused' })).toBe('refused');
});

test('whatever is answered, every guide comes to an end within thirty steps', () => {
  const results = [
    'sent',
    'printed',
    'processed',
    'answered',
    'silent',
    'refused',
    'unknown',
    'cover-open',
    'high',
    'low',
    'read',
  ];
  const kinds = new Set<string>();
  fc.assert(
    fc.property(
      fc.constantFrom(...DEVICE_ROLES),
      fc.array(fc.nat(), { minLength: 30, maxLength: 30 }),
      (role, chance) => {
        const answers: Record<string, string> = {};
        let step = guideStep(role, GENERIC, answers);
        for (const number of chance) {
          if (step.kind !== 'try' && step.kind !== 'ask') break;
          const open = step.kind === 'try' ? results : step.choices;
          answers[step.id] = open[number % open.length] ?? '';
          step = guideStep(role, GENERIC, answers);
        }
        kinds.add(step.kind);
      },
    ),
    { numRuns: 300 },
  );
  expect(kinds).toEqual(new Set(['finished', 'stopped']));
});
