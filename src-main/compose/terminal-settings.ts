/** Settings from a file for the command line: read with places, checked against this machine and against what is open. */
import { readBaseUrl } from '../adapters/networks/http/base-url.ts';
import type { BaseUrlProblem } from '../adapters/networks/http/base-url.ts';
import { readPlacedJson } from '../adapters/system/settings-text.ts';
import type { PlacedJson } from '../adapters/system/settings-text.ts';
import { openPayouts } from '../core/application/paying-out/open-payouts.ts';
import type { TillStore } from '../core/application/ports/till-store.ts';
import { OPEN_STATES } from '../core/domain/cash-out.ts';
import { isOpen } from '../core/domain/command.ts';
import type { Result } from '../core/domain/result.ts';
import { err, ok } from '../core/domain/result.ts';
import type { Settings } from '../core/domain/settings.ts';
import { readSettingsFile } from '../core/contract/settings-file.ts';
import type { SettingsProblem } from '../core/contract/settings-file.ts';
import type { PlacedProblem } from '../hosts/terminal/terminal-till.ts';
import { isPrinterProfile } from './devices.ts';

export type PlacedSettings = Readonly<{ settings: Settings; placeOf: PlacedJson['placeOf'] }>;

const BASE_URL_WORDS: Readonly<Record<BaseUrlProblem, string>> = {
  'not-a-url': 'this is no URL; write for example https://api.mercadopago.com',
  'not-https': 'https is required; http only for this machine (localhost, 127.0.0.1, [::1])',
  'has-credentials': 'no user or password in a URL; the token is a secret of its own',
  'has-query': 'no query or fragment in a base URL',
};

export function readSettings(file: Uint8Array): Result<PlacedSettings, readonly PlacedProblem[]> {
  const json = readPlacedJson(file);
  if (!json.ok) return err(json.error.map((problem) => ({ path: [], ...problem })));
  const { value, placeOf } = json.value;
  const read = readSettingsFile(value);
  const problems = read.ok ? machineProblems(read.value) : read.error;
  if (!read.ok || problems.length > 0) return err(placed(problems, placeOf));
  return ok({ settings: read.value, placeOf });
}

function placed(problems: readonly SettingsProblem[], placeOf: PlacedJson['placeOf']): readonly PlacedProblem[] {
  return problems
    .map((problem) => ({ ...problem, ...placeOf(problem.path) }))
    .toSorted((left, right) => left.line - right.line || left.column - right.column);
}

/** What only this machine can tell. */
function machineProblems({ printerProfile, networks, relay }: Settings): readonly SettingsProblem[] {
  const problems: SettingsProblem[] = [];
  if (!isPrinterProfile(printerProfile))
    problems.push({ path: ['printer', 'profile'], message: `there is no printer profile "${printerProfile}"` });
  for (const [id, { baseUrl }] of Object.entries(networks)) {
    const url = readBaseUrl(baseUrl);
    if (!url.ok) problems.push({ path: ['networks', id, 'baseUrl'], message: BASE_URL_WORDS[url.error] });
  }
  const relayUrl = relay && readBaseUrl(relay.url);
  if (relayUrl && !relayUrl.ok) problems.push({ path: ['relay', 'url'], message: BASE_URL_WORDS[relayUrl.error] });
  return problems;
}

/** New settings must not take away what somebody's money still hangs on: the drawer's currency, or the network of an open cash-out or payout. */
export function refuseForOpenMoney(
  store: TillStore,
  { settings, placeOf }: PlacedSettings,
): Result<PlacedSettings, readonly PlacedProblem[]> {
  const problems: SettingsProblem[] = [];
  const shift = store.openShift();
  if (shift && shift.currency !== settings.currency) {
    const message = `shift ${shift.number} is open in ${shift.currency}: close it before the till changes to ${settings.currency}`;
    problems.push({ path: ['currency'], message });
  }
  for (const [network, ids] of openMoney(store)) {
    if (Object.hasOwn(settings.networks, network)) continue;
    problems.push({
      path: ['networks'],
      message: `${network} is still needed for ${ids.join(', ')}: settle that first`,
    });
  }
  return problems.length > 0 ? err(placed(problems, placeOf)) : ok({ settings, placeOf });
}

function openMoney(store: TillStore): ReadonlyMap<string, readonly string[]> {
  const open = new Map<string, string[]>();
  const add = (network: string, id: string): void => {
    const ids = open.get(network) ?? [];
    if (!ids.includes(id)) open.set(network, [...ids, id]);
  };
  for (const { network, id } of store.cashOutsIn(OPEN_STATES)) add(network, id);
  for (const { network, id } of openPayouts({ store })) add(network, id);
  for (const command of store.openCommands()) if (isOpen(command)) add(command.network, command.cashOutId);
  return open;
}
