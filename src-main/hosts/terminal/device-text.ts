/** Devices in words for a technician at a terminal: what is so, what went wrong in which step, and what to do about it. */
import type {
  DeviceProfileView,
  DeviceStateView,
  DevicesView,
  DeviceView,
  DiscoveryView,
  FoundLineView,
} from '../../core/contract/device-views.ts';
import type { GuideRemark, GuideStop } from '../../core/domain/devices/pairing-guide.ts';
import type { DeviceProblem, TryOutResult } from '../../core/domain/devices/try-out.ts';
import { lineArgument } from './device-arguments.ts';
import { facts, table } from './layout.ts';
import type { Speaker } from './speaker.ts';

export function deviceTable({ devices, spoolFolder }: DevicesView): string {
  if (devices.length === 0) return `Nothing is paired.${spoolWords(spoolFolder)}`;
  const rows = devices.map(({ role, name, profileName, line, id }) => [
    role,
    name,
    profileName,
    lineArgument(line),
    id,
  ]);
  const columns = ['ROLE', 'NAME', 'PROFILE', 'LINE', 'ID'].map((title) => ({ title }));
  return `${table(columns, rows)}${spoolWords(spoolFolder)}`;
}

function spoolWords(folder: string | undefined): string {
  return folder === undefined ? '' : `\nSlips go to ${folder} until a printer is paired.`;
}

export function stateTable({ devices }: DevicesView, speaker: Speaker): string {
  if (devices.length === 0) return 'Nothing is paired.';
  const rows = devices.map(({ role, name, state }) => [role, name, stateWords(state), speaker.time(state.sinceMs)]);
  return table(
    ['ROLE', 'NAME', 'STATE', 'SINCE'].map((title) => ({ title })),
    rows,
  );
}

export function stateWords({ connected, online, paper, cover, drawer, fault, detail }: DeviceStateView): string {
  const known = [
    CONNECTED[connected],
    fault === undefined ? '' : `${fault}: ${detail ?? ''}`,
    fault === undefined && online === 'yes' ? 'ready' : '',
    paper === 'low' ? 'paper low' : '',
    cover === 'open' && fault !== 'cover-open' ? 'cover open' : '',
    drawer === 'open' || drawer === 'closed' ? `drawer ${drawer}` : '',
  ];
  return known.filter((words) => words !== '').join(', ');
}

const CONNECTED: Readonly<Record<DeviceStateView['connected'], string>> = {
  yes: 'connected',
  no: 'not connected',
  unknown: 'it tells nothing',
};

export function deviceFacts(heading: string, device: DeviceView): string {
  const { role, name, profileName, profileId, line, identity, printer, id } = device;
  const traits = Object.entries(printer ?? {}).map(([trait, value]) => `${trait} ${plain(value)}`);
  return facts(heading, [
    ['id', id],
    ['role', role],
    ['name', name],
    ['profile', `${profileName} (${profileId})`],
    ['line', lineArgument(line)],
    ['known by', identity && plain(identity)],
    ['as seen', traits],
  ]);
}

function plain(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  return Object.entries(value)
    .map(([key, part]) => `${key} ${String(part)}`)
    .join(' ');
}

export function discoveryText({ lines, problems }: DiscoveryView): string {
  const missing = problems.map(({ step, code, detail }) => `could not ${step}: ${code}: ${detail}${advice(code)}`);
  if (lines.length === 0) return ['No line was found.', ...missing].join('\n');
  return [lineTable(lines), ...missing].join('\n');
}

export function lineTable(lines: readonly FoundLineView[]): string {
  const rows = lines.map((found, index) => [
    String(index + 1),
    lineArgument(found.line),
    found.label,
    found.suggested ? `${found.suggested.role} ${found.suggested.profileId}` : '',
    found.pairedAs === undefined ? '' : 'paired',
  ]);
  return table(
    ['', 'LINE', 'WHAT THE MACHINE SAYS', 'PERHAPS', ''].map((title) => ({ title })),
    rows,
  );
}

export function profileTable(profiles: readonly DeviceProfileView[]): string {
  const rows = profiles.map(({ id, role, name, columns, isExperimental }) => [
    id,
    role,
    columns === undefined ? '' : String(columns),
    `${name}${isExperimental ? ' (nobody has tried it yet)' : ''}`,
  ]);
  const columns = [{ title: 'PROFILE' }, { title: 'ROLE' }, { title: 'COLUMNS', right: true }, { title: 'NAME' }];
  return table(columns, rows);
}

const OUTCOMES: Readonly<Record<TryOutResult['outcome'], string>> = {
  printed: 'printed: the device says that it is on paper',
  processed: 'processed: the device says that it has worked through it',
  sent: 'sent: the device tells no more, so look at it',
  answered: 'answered',
  silent: 'no answer in time',
  refused: 'refused: nothing was sent',
  unknown: 'unknown: some of it may have left; look at the device before trying again',
};

export function resultText({ outcome, status, level, text, problem }: TryOutResult): string {
  const told = [
    OUTCOMES[outcome],
    status === undefined ? '' : `online ${status.online}, paper ${status.paper}, cover ${status.cover}`,
    level === undefined ? '' : `sensor ${level}`,
    text === undefined ? '' : `read "${text}"`,
  ];
  const words = told.filter((part) => part !== '').join('\n  ');
  return problem ? `${words}\n  ${problemText(problem)}` : words;
}

/** The last step that failed, why, and what to do. */
export function problemText({ step, code, detail }: DeviceProblem): string {
  return `could not ${step}: ${code}: ${detail}${advice(code)}`;
}

function advice(code: string): string {
  const words = ADVICE[code];
  return words === undefined ? '' : `\n  → ${words}`;
}

const ADVICE: Readonly<Record<string, string>> = {
  unplugged: 'look at the cable and the power; ventanilla devices discover lists what the machine sees',
  'not-found': 'ventanilla devices discover lists what the machine sees; a device may have another path now',
  busy: 'another program holds the line: close it (other till, driver tool, modem manager)',
  permission:
    'this user may not open it: install assets/linux/60-ventanilla-devices.rules, or add the user to dialout and lp',
  timeout:
    'it takes no bytes: is it waiting for paper, or is its handshake set otherwise (DTR needs a cable to CTS, and rts-cts)?',
  offline: 'nobody answers there: is it switched on, and is the address right?',
  'paper-out': 'load paper',
  'cover-open': 'close the cover',
  cutter: 'free the cutter, then switch the printer off and on',
  overheat: 'let the head cool down',
  'printer-error': 'switch the printer off and on',
  unsupported: 'this program or this profile cannot do that here; choose another line or profile',
};

export const STOPS: Readonly<Record<GuideStop, string>> = {
  'not-reached': 'nothing could be sent',
  'nothing-happens':
    'it was sent, and nothing happened: wrong line, wrong speed, or a device that waits for its handshake; try another --line or another speed',
  garbage: 'signs, but not these: try another speed (4800, 19200, 38400, 115200) or another --profile',
};

export const REMARKS: Readonly<Record<GuideRemark, string>> = {
  'letters-wrong': 'no code page was right: accents may print wrong',
  'qr-not-readable': 'no QR can be read from its paper: use the screens',
  'status-silent': 'it tells nothing of paper and cover',
  'status-untrue': 'it says that all is well whatever is so: its status is not asked',
  'confirm-none': 'it does not say when a slip is on paper: somebody looks',
  'drawer-shut': 'no drawer opened: the key opens it',
  'drawer-no-sensor': 'nobody can say whether the drawer is open',
};
