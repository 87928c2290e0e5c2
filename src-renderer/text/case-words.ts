/** Words for decisions about cases, and for what the journal tells of them. What has no words is shown as its code. */
import type { CaseTimelineEntry } from '../../src-main/core/contract/case-views.ts';
import type { CaseDecision } from '../../src-main/core/domain/case-rules.ts';
import { CASE_KINDS } from '../../src-main/core/domain/case-file.ts';
import { caseWords } from './words.ts';
import type { Words } from './words.ts';

type DecisionWords = Readonly<{ title: string; text: string }>;

export function decisionWords(words: Words, decision: CaseDecision): DecisionWords {
  const known: Readonly<Record<CaseDecision, DecisionWords>> = words.cases.decisions;
  return known[decision];
}

/** Also of what older programs and the till itself have written. */
export function decidedTitle(words: Words, decision: string): string {
  const known: Readonly<Record<string, DecisionWords>> = words.cases.decisions;
  return known[decision]?.title ?? decision;
}

type ReasonFamily = keyof Words['cases']['reasons'];

const FAMILIES: Readonly<Partial<Record<CaseDecision, ReasonFamily>>> = {
  return: 'return',
  'return-again': 'again',
  'send-again': 'again',
  'repaid-outside': 'repaid',
  loss: 'loss',
  recovered: 'recovered',
  noted: 'noted',
};

/** Ready reasons: what it was decided on. */
export function reasonsFor(words: Words, decision: CaseDecision): readonly string[] {
  return words.cases.reasons[FAMILIES[decision] ?? 'panel'];
}

export function timelineTitle(words: Words, { what }: CaseTimelineEntry): string {
  const titles: Readonly<Record<string, string>> = words.cases.what;
  const commands: Readonly<Record<string, string>> = words.cases.commands;
  const ends: Readonly<Record<string, string>> = words.cases.ends;
  const [subject = '', end = ''] = what.split('.');
  const command = commands[subject];
  const how = ends[end];
  return titles[what] ?? (command !== undefined && how !== undefined ? `${command}: ${how}` : what);
}

/** Codes of ours are said in words; a reason that a person gave and a code of the network stay as they are. */
export function timelineWords(words: Words, { what, words: said }: CaseTimelineEntry): string | undefined {
  const codes: Readonly<Record<string, string>> = words.cases.codes;
  // What the title says already.
  if (said === undefined || what.endsWith(`.${said}`)) return undefined;
  const kind = what === 'case.opened' ? CASE_KINDS.find((each) => each === said) : undefined;
  if (kind) return caseWords(words, kind).title;
  return codes[said] ?? said;
}
