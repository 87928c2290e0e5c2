/**
 * `devices pair`: which line, what is at its end, trying it out, and what the technician sees. At a keyboard everything that was not said
 * is asked; in a script `--answer` says it, and a question without an answer ends the command with nothing paired.
 */
import type { DiscoveryView, DeviceProfileView, DeviceView } from '../../core/contract/device-views.ts';
import { isSameDevice, lineKey } from '../../core/domain/devices/device-rules.ts';
import type { DeviceIdentity, DeviceRole, LineAddress } from '../../core/domain/devices/device.ts';
import { answerOf, guideStep } from '../../core/domain/devices/pairing-guide.ts';
import type { DeviceTraits, GuideAnswers, GuideRemark, GuideStep } from '../../core/domain/devices/pairing-guide.ts';
import type { DeviceDraft, TryOutResult } from '../../core/domain/devices/try-out.ts';
import { fault } from '../../core/domain/fault.ts';
import type { Fault } from '../../core/domain/fault.ts';
import { err, ok } from '../../core/domain/result.ts';
import type { Result } from '../../core/domain/result.ts';
import { all, EXIT, failed, usage } from './answer.ts';
import type { Answer, Plan, Surroundings } from './answer.ts';
import { optional, shown } from './arguments.ts';
import { lineArgument, readAnswers, readDeviceName, readLine, readRole } from './device-arguments.ts';
import type { TypedLine } from './device-arguments.ts';
import { CHOICES, questionText } from './device-questions.ts';
import { deviceFacts, lineTable, problemText, profileTable, REMARKS, resultText, STOPS } from './device-text.ts';
import type { TerminalTill } from './terminal-till.ts';

export type PairDeviceOptions = Readonly<{
  role: string;
  line?: string;
  profile?: string;
  name?: string;
  answer?: readonly string[];
  untested?: boolean;
}>;

type Wish = Readonly<{
  role: DeviceRole;
  line: TypedLine | undefined;
  name: string | undefined;
  profile: string | undefined;
  answers: GuideAnswers;
  isUntested: boolean;
}>;

/** One run: the till, what was wished for, and the person, if there is one. */
type Run = Readonly<{ till: TerminalTill; wish: Wish; around: Surroundings }>;

export function pairDevice(options: PairDeviceOptions): Plan {
  const read = all({
    role: readRole(options.role),
    line: optional(options.line, readLine),
    name: optional(options.name, readDeviceName),
    answers: readAnswers(options.answer),
  });
  if (!read.ok) return read;
  const wish: Wish = { ...read.value, profile: options.profile, isUntested: options.untested === true };
  return ok((till, around) => pair({ till, wish, around }));
}

async function pair(run: Run): Promise<Answer> {
  const draft = await draftOf(run);
  if (!draft.ok) return failed(draft.error);
  const proven = run.wish.isUntested ? ok(UNTESTED) : await prove(run, draft.value);
  if (!proven.ok) return failed(proven.error);
  const { traits, remarks } = proven.value;
  const paired = await run.till.handlers['devices.pair']({ device: { ...draft.value, ...withoutEmpty(traits) } });
  if (!paired.ok) return failed(paired.error);
  return { exit: EXIT.done, value: { device: paired.value, remarks }, text: pairedText(paired.value, remarks) };
}

type Proven = Readonly<{ traits: DeviceTraits; remarks: readonly GuideRemark[] }>;
const UNTESTED: Proven = { traits: {}, remarks: [] };

function withoutEmpty(traits: DeviceTraits): DeviceTraits {
  return Object.fromEntries(Object.entries(traits).filter(([, value]) => Object.keys(value).length > 0));
}

function pairedText(device: DeviceView, remarks: readonly GuideRemark[]): string {
  const notes = remarks.map((remark) => `  note       ${REMARKS[remark]}`);
  return [deviceFacts(`${device.name} is paired`, device), ...notes].join('\n');
}

async function draftOf(run: Run): Promise<Result<DeviceDraft, Fault>> {
  const { till, wish } = run;
  const view = await till.handlers['devices.view']({});
  if (!view.ok) return view;
  const profiles = view.value.profiles.filter(({ role }) => role === wish.role);
  const seen = await till.handlers['devices.discover']({ network: 'none' });
  // Without a list a line can still be named; by what it is known again is then its path alone.
  const found = seen.ok ? seen.value : { lines: [], problems: [] };
  const line = wish.line ? ok(wish.line) : await chooseLine(run, found);
  if (!line.ok) return line;
  const profile = await profileFor(run, line.value.line, profiles);
  if (!profile.ok) return profile;
  const { id: profileId, name, usualBaudRate } = profile.value;
  const address = withUsualSpeed(line.value, usualBaudRate);
  const identity = identityOf(address, found);
  return ok({
    role: wish.role,
    name: wish.name ?? name,
    profileId,
    line: address,
    ...(identity && { identity }),
  });
}

function withUsualSpeed({ line, isSpeedTyped }: TypedLine, baudRate: number): LineAddress {
  return line.kind === 'serial' && !isSpeedTyped ? { ...line, baudRate } : line;
}

function identityOf(line: LineAddress, { lines }: DiscoveryView): DeviceIdentity | undefined {
  const found = lines.find((candidate) => lineKey(candidate.line) === lineKey(line));
  // Two alike without a serial number: only the place on the bus tells them apart, and it is in the identity.
  return found && isSameDevice(found.identity, found.identity) ? found.identity : undefined;
}

async function chooseLine({ around }: Run, { lines }: DiscoveryView): Promise<Result<TypedLine, Fault>> {
  if (lines.length > 0) around.note(lineTable(lines));
  const typed = await around.shell.ask(lines.length > 0 ? 'Number, or a line: ' : 'No line was found. Line: ');
  if (typed === undefined)
    return err(usage('--line says where the device is; ventanilla devices discover lists lines'));
  const chosen = lines[Number(typed.trim()) - 1];
  return chosen ? ok({ line: chosen.line, isSpeedTyped: false }) : readLine(typed);
}

/** As it was said, else as the device says, else as the person says. */
async function profileFor(
  { till, wish, around }: Run,
  line: LineAddress,
  profiles: readonly DeviceProfileView[],
): Promise<Result<DeviceProfileView, Fault>> {
  const named = (id: string): Result<DeviceProfileView, Fault> => {
    const profile = profiles.find((candidate) => candidate.id === id);
    return profile
      ? ok(profile)
      : err(fault('device.profile-unknown', `there is no ${wish.role} profile "${shown(id)}"`));
  };
  if (wish.profile !== undefined) return named(wish.profile);
  const [only] = profiles;
  if (only && profiles.length === 1) return ok(only);
  const suggested = wish.role === 'printer' ? await suggestedFor(till, line, around) : undefined;
  if (suggested !== undefined) return named(suggested);
  around.note(profileTable(profiles));
  const typed = await around.shell.ask('Profile: ');
  if (typed !== undefined) return named(typed.trim());
  return err(usage('it does not say what it is: --profile says so; ventanilla devices profiles lists them'));
}

async function suggestedFor(
  till: TerminalTill,
  line: LineAddress,
  { note }: Surroundings,
): Promise<string | undefined> {
  const identified = await till.handlers['devices.identify']({ line });
  if (!identified.ok) return undefined;
  const { answer, model, suggested, problem } = identified.value;
  if (problem) note(`${lineArgument(line)}: ${problemText(problem)}`);
  else note(`${lineArgument(line)} answers: ${model ?? answer}`);
  if (suggested) note(`profile: ${suggested.profileId} (--profile says otherwise)`);
  return suggested?.profileId;
}

/** The guide, from one step to the next. */
async function prove(run: Run, draft: DeviceDraft): Promise<Result<Proven, Fault>> {
  const view = await run.till.handlers['devices.view']({});
  if (!view.ok) return view;
  const profile = view.value.profiles.find(({ id, role }) => id === draft.profileId && role === draft.role);
  if (!profile) return err(fault('device.profile-unknown', draft.profileId));
  const answers: Record<string, string> = {};
  let last: TryOutResult | undefined;
  for (;;) {
    const step = guideStep(draft.role, profile, answers);
    if (step.kind === 'finished') return ok(step);
    if (step.kind === 'stopped') return err(stopFault(step, last, draft));
    if (step.kind === 'try') {
      const tried = await tryStep(run, { ...draft, ...withoutEmpty(step.traits) }, step);
      if (!tried.ok) return tried;
      last = tried.value;
      answers[step.id] = answerOf(tried.value);
    } else {
      const answer = await answerTo(run, step);
      if (!answer.ok) return answer;
      answers[step.id] = answer.value;
    }
  }
}

async function tryStep(
  { till, around }: Run,
  device: DeviceDraft,
  { job }: Extract<GuideStep, { kind: 'try' }>,
): Promise<Result<TryOutResult, Fault>> {
  if (job === 'scan') around.note('scan something now; it waits for 30 seconds');
  const tried = await till.handlers['devices.try']({ device, job });
  if (tried.ok) around.note(`${job}: ${resultText(tried.value)}`);
  return tried;
}

async function answerTo(
  { wish, around }: Run,
  step: Extract<GuideStep, { kind: 'ask' }>,
): Promise<Result<string, Fault>> {
  const isAnswer = (text: string): boolean => step.choices.includes(text) || (step.takesNumber && /^\d{2}$/.test(text));
  const said = wish.answers[step.id];
  const open = `${step.choices.join(' | ')}${step.takesNumber ? ' | a number' : ''}`;
  if (said !== undefined) {
    return isAnswer(said) ? ok(said) : err(usage(`--answer ${step.id}=${shown(said)}: there are ${open}`));
  }
  const question = questionText(step);
  for (;;) {
    const typed = await around.shell.ask(question);
    if (typed === undefined) return err(usage(`nothing is paired: --answer ${step.id}=… is missing (${open})`));
    const text = typed.trim();
    const chosen = isAnswer(text) ? text : (step.choices[Number(text) - 1] ?? CHOICES[text.toLowerCase()]);
    if (chosen !== undefined && isAnswer(chosen)) return ok(chosen);
    around.note(`please answer ${open}`);
  }
}

function stopFault(
  { because, at }: Extract<GuideStep, { kind: 'stopped' }>,
  last: TryOutResult | undefined,
  { line, name }: DeviceDraft,
): Fault {
  const step = last?.problem ? `\n  ${problemText(last.problem)}` : '';
  const words = `${name} on ${lineArgument(line)} is not paired: ${STOPS[because]}${step}`;
  return fault('device.not-proven', words, { at, because, ...(last?.problem && { code: last.problem.code }) });
}
