/** What a person types for a payout: read, checked field by field, and never repeated where it is personal. */
import { expect, test } from 'vitest';
import { PAYOUT_METHODS, checkForm } from '../../../src-main/core/domain/payouts/country-forms.ts';
import { PAYOUT_EXAMPLES } from '../../../src-main/hosts/terminal/payout-examples.ts';
import { ID, openDesk, PENDING } from './payout-desk.ts';

const ANA = { ...PAYOUT_EXAMPLES['pe-bank'], firstName: 'Zoila', lastName: 'Quispe' };
const FIELDS = Object.entries(ANA).flatMap(([name, value]) => ['--field', `${name}=${value}`]);
const START = ['payout', 'start', '--network', 'tupay', '--amount', '250.50'];

test('fields on the command line, or a form from a file, or both together, become one tidied form', async () => {
  const request = {
    network: 'tupay',
    country: 'PE',
    method: 'pe-bank',
    currency: 'PEN',
    amountMinor: 25_050,
    beneficiary: ANA,
  };
  const typed = openDesk();
  expect((await typed.run(...START, '--country', 'PE', ...FIELDS, '--json')).exit).toBe(0);
  expect(typed.calls).toEqual([{ name: 'payout.start', request }]);

  const { accountType, ...rest } = ANA;
  const mixed = openDesk();
  mixed.files['-'] = { ...rest, documentId: ' 71.594.743 ' };
  const options = ['--hold', '--reissue-of', ID, '--request-id', 'desk-7', '--no-wait', '--currency', 'USD'];
  const field = ['--form', '-', '--field', `accountType=${(accountType ?? '').toLowerCase()}`];
  expect((await mixed.run(...START, '--method', 'pe-bank', ...field, ...options)).exit).toBe(0);
  const more = { currency: 'USD', hold: true, reissueOf: ID, requestId: 'desk-7' };
  expect(mixed.calls).toEqual([{ name: 'payout.start', request: { ...request, ...more } }]);
});

test.each([
  [['--method', 'pe-bank', '--country', 'BR'], /pe-bank pays out in PE, not in BR/],
  [['--method', 'pe-cash'], /there is no way "pe-cash"; there are pe-bank, br-bank/],
  [['--country', 'XX'], /there is no country "XX"; there are PE, BR/],
  [['--country', 'BR'], /BR has several ways: say which with --method br-bank, br-pix-phone/],
  [[], /which way\? --method WAY/],
  [['--method', 'pe-bank', '--currency', 'BRL'], /payouts in PE are in PEN or USD, not "BRL"/],
  [['--method', 'pe-bank', '--field', 'Rosa Luz'], /--field is written name=value/],
  [['--method', 'pe-bank', '--field', 'email=a@b.co', '--field', 'email=c@d.co'], /"email" is given twice/],
  [['--method', 'pe-bank', '--wait', 'long'], /"long" is no number of seconds/],
  [['--method', 'pe-bank', '--reissue-of', 'that one'], /is no id of this till/],
])('%j starts nothing and does not even open the till', async (words, says) => {
  const desk = openDesk();
  const said = await desk.run(...START, ...words);
  expect([said.exit, desk.isOpened(), said.err]).toEqual([2, false, expect.stringMatching(says) as unknown]);
});

test.each([
  [{ firstname: 'Ana' }, 2, /pe-bank has no field "firstname"; it has firstName, lastName/],
  [{ bankBranch: '12' }, 2, /pe-bank has no field "bankBranch"/],
  [{ '71594743': 'x' }, 2, /no field of this name/],
  [{ bankAccount: 219300153895206800 }, 2, /"bankAccount" must be a text/],
  [['Zoila'], 2, /a form file holds one object/],
  [{ ...ANA, bankAccount: '' }, 1, /\n {2}bankAccount: it is missing: CCI: 20 digits/],
  [{ ...ANA, bankAccount: '00219300153895206814' }, 1, /bankAccount: one of its digits is wrong/],
  [{ ...ANA, bankAccount: '4111111111111111' }, 1, /bankAccount: it has too many or too few characters/],
  [{ ...ANA, documentType: 'X', accountType: 'Z' }, 1, /documentType: it is one of DNI, CE, RUC, PASS/],
  [{ ...ANA, accountType: 'Z' }, 1, /accountType: it is one of C checking, S savings/],
])('a form that the bank cannot mean is refused field by field, and nothing is sent', async (form, exit, says) => {
  const desk = openDesk();
  desk.files['form.json'] = form;
  const said = await desk.run(...START, '--method', 'pe-bank', '--form', 'form.json');
  expect([said.exit, desk.calls, said.err]).toEqual([exit, [], expect.stringMatching(says) as unknown]);
  for (const personal of ['Zoila', 'Quispe', '71594743', '00219300153895206814', '4111111111111111'])
    expect(said.out + said.err).not.toContain(personal);
});

test('with --json each wrong field is a problem with its name, why, and what to do', async () => {
  const desk = openDesk();
  desk.files['form.json'] = { ...ANA, bankAccount: '123', documentId: '123' };
  const said = await desk.run(...START, '--method', 'pe-bank', '--form', 'form.json', '--json');
  expect(said.exit).toBe(1);
  expect(JSON.parse(said.out)).toMatchObject({
    error: {
      code: 'payout.field-invalid',
      values: { field: 'bankAccount' },
      problems: [
        { field: 'documentId', verdict: 'warn', why: 'unusual' },
        { field: 'bankAccount', verdict: 'refuse', why: 'length' },
      ],
    },
  });
});

test('what is only unusual is said on standard error, and goes on', async () => {
  const desk = openDesk();
  desk.files['form.json'] = { ...ANA, documentId: '123' };
  const said = await desk.run(...START, '--method', 'pe-bank', '--form', 'form.json', '--json');
  expect([said.exit, desk.calls.length]).toEqual([0, 1]);
  expect(said.err).toMatch(/^look again: documentId: unusual: read it to the customer once more; DNI 8 digits/);
});

test.each([
  ['pending', {}, 0],
  ['on_hold', {}, 0],
  ['requested', {}, 3],
  ['declined', { code: '514' }, 1],
  ['pending', { review: { why: 'the network says 9', sinceMs: 0 } }, 3],
] as const)('a start that ends %s %j exits %i', async (state, more, exit) => {
  const desk = openDesk({ ...PENDING, state: 'requested' });
  desk.standings.push({ ...PENDING, state, ...more });
  expect((await desk.run(...START, '--method', 'pe-bank', ...FIELDS)).exit).toBe(exit);
});

test('a till that refuses to start has saved nothing: exit 1, whatever the reason', async () => {
  for (const code of ['network.blocked', 'payout.amount-invalid', 'shift.none-open', 'internal'] as const) {
    const desk = openDesk();
    desk.refusals['payout.start'] = code;
    expect((await desk.run(...START, '--method', 'pe-bank', ...FIELDS)).exit).toBe(1);
  }
});

test.each(PAYOUT_METHODS)('the form for $id can be asked for without a till, and its example is sound', async (way) => {
  const desk = openDesk();
  const said = await desk.run('payout', 'form', '--method', way.id, '--json');
  const form = JSON.parse(said.out) as { example: object; fields: { name: string }[] };
  expect([said.exit, desk.isOpened()]).toEqual([0, false]);
  const verdicts = [...checkForm(way.id, form.example)].map(([name, { verdict }]) => [name, verdict]);
  expect(verdicts).toEqual(way.fields.map(({ name }) => [name, 'ok']));
  const words = await desk.run('payout', 'form', '--method', way.id);
  for (const { name } of way.fields) expect(words.out).toContain(`  ${name} `);
  expect(words.out).toContain(JSON.stringify(form.example, undefined, 2));
});

test('the ways of one country, and of none', async () => {
  const desk = openDesk();
  const lines = (await desk.run('payout', 'form', '--country', 'EC')).out.split('\n');
  expect(lines.slice(1, 3)).toEqual([expect.stringMatching(/^EC +ec-bank/), expect.stringMatching(/^EC +ec-payphone/)]);
  expect((await desk.run('payout', 'form', '--country', 'UY')).exit).toBe(2);
});
