#!/usr/bin/env node
/**
 * Checks exported journals of a Ventanilla till without the till: node verify-journal.mjs FILE… [--head MARK] [--after MARK] [--json]
 *
 * Shares no code with the till. The format, and how to write a checker of one's own, is docs/journal-format.md. Runs on Node 18 and later.
 * Exit codes: 0 sound · 1 not sound · 2 wrong usage, or a file that cannot be read · 3 sound, but a figure needs entries of older exports.
 */
import { createHash } from 'node:crypto';
import { readFileSync, realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const HEADER = /^\{"format":"ventanilla-journal","version":1,.*,"sha256":"([0-9a-f]{64})"\}$/;
const ENTRY =
  /^\{"atMs":(-?\d{1,16}),"event":(\{.*\}),"hash":"([0-9a-f]{64})","prevHash":"([0-9a-f]{64})","seq":([1-9]\d{0,15}),"subject":"(?:[^"\\]|\\.)*"\}$/;
const START = '0'.repeat(64);

class Flaw extends Error {}
const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');
const refuse = (words) => {
  throw new Flaw(words);
};
/** Bytes as characters of one byte each: what is hashed is what stands in the file. */
const bytesOf = (text) => Buffer.from(text, 'latin1');
const decoded = (text) => JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytesOf(text)));

function parsed(text, what) {
  try {
    return decoded(text);
  } catch {
    return refuse(`${what} is not valid JSON in UTF-8`);
  }
}

/** A mark as paper has it: `1a2b3c4d…5e6f7a8b`, or the whole hash. */
function isMarked(hash, mark) {
  const [start = '', end = ''] = mark.toLowerCase().split(/…|\.{2,3}/);
  return hash.startsWith(start) && hash.endsWith(end);
}

function readHeader(line) {
  const found = HEADER.exec(line) ?? refuse('line 1 is not the header of an exported journal');
  const bare = line.replace(`,"sha256":"${found[1]}"}`, '}');
  if (sha256(bytesOf(bare)) !== found[1]) refuse('line 1, the header, was changed');
  return parsed(line, 'line 1');
}

/** One file: header and chain. Answers its entries, each with its event. */
export function readExport(bytes, name = '') {
  try {
    return readChain(bytes);
  } catch (error) {
    throw error instanceof Flaw ? new Flaw(name + error.message) : error;
  }
}

function readChain(bytes) {
  const text = Buffer.from(bytes).toString('latin1');
  if (!text.endsWith('\n')) refuse('the file does not end with a whole line: its end is missing or was changed');
  const [first, ...lines] = text.slice(0, -1).split('\n');
  const header = readHeader(first);
  let [seq, hash] = [header.first.seq - 1, header.first.prevHash];
  const entries = lines.map((line, index) => {
    const where = `line ${index + 2}, entry ${seq + 1}`;
    const found = ENTRY.exec(line) ?? refuse(`${where}: this is not a line of a journal`);
    const [, atMs, event, own, prevHash, ownSeq] = found;
    if (Number(ownSeq) !== seq + 1) refuse(`${where}: entry ${ownSeq} stands here instead`);
    if (prevHash !== hash) refuse(`${where}: it does not follow from the entry before`);
    const at = line.lastIndexOf(`,"hash":"${own}","prevHash":`);
    const hashed = line.slice(0, at) + line.slice(at + `,"hash":"${own}"`.length);
    if (sha256(bytesOf(hashed)) !== own) refuse(`${where}: it is not what was hashed when it was written`);
    [seq, hash] = [seq + 1, own];
    return { seq, atMs: Number(atMs), hash, prevHash, event: parsed(event, where) };
  });
  if (header.first.seq === 1 && header.first.prevHash !== START) refuse('entry 1 does not begin a chain');
  if (entries.length !== header.entries) refuse(`${header.entries} entries were exported, ${entries.length} are there`);
  if (seq !== header.last.seq || hash !== header.last.hash) refuse('the last entry is not the one of the header');
  return { header, entries };
}

const total = (notes) => Object.entries(notes).reduce((sum, [minor, pieces]) => sum + Number(minor) * pieces, 0);
function takeOut(shift, kind, minor, why) {
  if (!shift) return;
  if (minor === undefined) shift.unknown.push(why);
  else shift[kind] += minor;
}

/** Follows the money through the entries; what an older export would have to say makes a shift `unknown`. */
export function checkShifts(entries) {
  const shifts = [];
  const amounts = new Map(); // of cash-outs and payouts, by id
  const paid = new Set();
  const given = new Set();
  const drawers = new Map(); // which shift hands over, by id
  const byId = (id) => shifts.find((shift) => shift.id === id);
  let closing;

  function give(id, kind, seq, needsPayment) {
    if (given.has(id)) refuse(`entry ${seq}: notes for ${id} a second time`);
    if (needsPayment && amounts.has(id) && !paid.has(id)) refuse(`entry ${seq}: notes for ${id}, which was not paid`);
    given.add(id);
    // In whose drawer it was begun an older export tells; notes can only leave the one that is open.
    const shift = byId(drawers.get(id)) ?? shifts.find(({ close }) => close === undefined);
    takeOut(shift, kind, amounts.get(id), `the amount of ${id}`);
  }
  function openShift({ event, seq }) {
    const { shiftId, number, floatMinor, currency, previousHead: before } = event;
    if (shifts.some(({ close }) => close === undefined)) refuse(`entry ${seq}: a second shift is opened`);
    if (before && closing && (before.seq !== closing.seq || before.hash !== closing.hash))
      refuse(`entry ${seq}: the shift begins after a close that is not the one before it`);
    const sums = { floatMinor, dispensedMinor: 0, insteadMinor: 0, dropsMinor: 0 };
    shifts.push({ id: shiftId, number, currency, ...sums, ...(before && { previousHead: before }), unknown: [] });
  }
  function closeShift({ event, seq, hash, prevHash }) {
    const { shiftId, expectedMinor, count, varianceMinor, head } = event;
    if (head !== prevHash) refuse(`entry ${seq}: the head in the close is not that of the entry before`);
    if (count.notes && total(count.notes) !== count.totalMinor) refuse(`entry ${seq}: the notes are not the count`);
    if (varianceMinor !== count.totalMinor - expectedMinor) refuse(`entry ${seq}: the variance is not the difference`);
    closing = { seq, hash };
    const shift = byId(shiftId);
    if (!shift) return;
    Object.assign(shift, { close: closing, expectedMinor, countedMinor: count.totalMinor, varianceMinor });
    const sum = shift.floatMinor - shift.dispensedMinor - shift.insteadMinor - shift.dropsMinor;
    if (shift.unknown.length === 0 && sum !== expectedMinor)
      refuse(`entry ${seq}: the entries make ${sum} in the drawer, the close says ${expectedMinor} (minor units)`);
  }

  for (const entry of entries) {
    const { event, seq } = entry;
    const { step } = event;
    if (event.type === 'shift.opened') openShift(entry);
    else if (event.type === 'shift.closed') closeShift(entry);
    else if (event.type === 'shift.dropped') takeOut(byId(event.shiftId), 'dropsMinor', event.amountMinor);
    else if (/^(cash-out|payout)\.requested$/.test(event.type)) amounts.set(event.terms.id, event.terms.amountMinor);
    else if (event.type === 'cash-out.step') {
      const id = event.cashOutId;
      if (step.type === 'paid' && (amounts.get(id) ?? step.payment.amountMinor) === step.payment.amountMinor)
        paid.add(id);
      if (step.type === 'hand-over-started') drawers.set(id, step.shiftId);
      if (step.type === 'dispensed') give(id, 'dispensedMinor', seq, true);
    } else if (event.type === 'payout.step') {
      if (step.type === 'notes-started') drawers.set(event.payoutId, step.shiftId);
      if (step.type === 'replaced-by-notes') give(event.payoutId, 'insteadMinor', seq, false);
    }
  }
  return shifts;
}

/** Files in their order: each must go on where the one before ended. */
export function verify(files, { head, after } = {}) {
  const read = files.map(({ name, bytes }) => ({ name, ...readExport(bytes, files.length > 1 ? `${name}: ` : '') }));
  for (const [index, { name, header }] of read.slice(1).entries()) {
    const before = read[index];
    if (before.header.till.id !== header.till.id) refuse(`${name} is of another till`);
    if (before.header.last.hash !== header.first.prevHash) refuse(`${name} does not go on where ${before.name} ends`);
  }
  const entries = read.flatMap((one) => one.entries);
  const { till, first } = read[0].header;
  if (after !== undefined && !isMarked(first.prevHash, after)) refuse(`the entry before the first is not ${after}`);
  const marked = head === undefined ? undefined : entries.find(({ hash }) => isMarked(hash, head));
  if (head !== undefined && !marked) refuse(`no entry has the fingerprint ${head}`);
  const found = { till, first, last: read.at(-1).header.last, entries: entries.length };
  return { sound: true, ...found, ...(marked && { headAt: marked.seq }), shifts: checkShifts(entries) };
}

function shiftWords({ number, currency, close, unknown, ...shift }) {
  const { floatMinor, dispensedMinor, insteadMinor, dropsMinor, expectedMinor, countedMinor, varianceMinor } = shift;
  const out = `notes ${dispensedMinor} - instead of payouts ${insteadMinor} - drops ${dropsMinor}`;
  const end = `expected ${expectedMinor}, counted ${countedMinor}, variance ${varianceMinor}`;
  return [
    `shift ${number} (${currency}, minor units): float ${floatMinor} - ${out}`,
    close ? `  ${end}; Z report ${close.seq} ${close.hash}` : '  not closed in this file',
    ...unknown.map((what) => `  not checked: ${what} stands in an older export`),
  ];
}

function main(typed) {
  const [files, options] = [[], {}];
  for (const [index, word] of typed.entries()) {
    if (word === '--json') options.json = true;
    else if (word === '--head' || word === '--after') options[word.slice(2)] = typed[index + 1] ?? '';
    else if (!/^--(head|after)$/.test(typed[index - 1] ?? '')) files.push(word);
  }
  const marks = [options.head, options.after].filter((mark) => mark !== undefined);
  if (files.length === 0 || marks.some((mark) => !/^[0-9a-f]{8,64}((…|\.{2,3})[0-9a-f]{8})?$/i.test(mark))) {
    console.error('node verify-journal.mjs FILE… [--head MARK] [--after MARK] [--json]   MARK: 1a2b3c4d…5e6f7a8b');
    return 2;
  }
  try {
    const read = files.map((name) => ({ name, bytes: readFileSync(name) }));
    const found = verify(read, options);
    const { till, entries, first, last, headAt, shifts } = found;
    const lines = [
      `SOUND: till ${till.id}, ${entries} entries from ${first.seq} to ${last.seq}, head ${last.hash}`,
      ...(headAt === undefined ? [] : [`the fingerprint that was asked for is that of entry ${headAt}`]),
      ...shifts.flatMap(shiftWords),
    ];
    console.log(options.json ? JSON.stringify(found) : lines.join('\n'));
    return shifts.some(({ unknown }) => unknown.length > 0) ? 3 : 0;
  } catch (error) {
    const isFlaw = error instanceof Flaw;
    if (options.json) console.log(JSON.stringify({ sound: false, detail: error.message }));
    else console.error(`${isFlaw ? 'NOT SOUND' : 'cannot check'}: ${error.message}`);
    return isFlaw ? 1 : 2;
  }
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  process.exitCode = main(process.argv.slice(2));
}
