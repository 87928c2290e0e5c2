/** `network pair` and `network show`: which account, store and point of sale this till is. */
import type {
  PairedView,
  PairingLookView,
  PairingStepView,
  PairingView,
  PosView,
} from '../../core/contract/pairing-views.ts';
import { fault } from '../../core/domain/fault.ts';
import type { Fault } from '../../core/domain/fault.ts';
import { PAIRING_NETWORKS } from '../../core/domain/pairing.ts';
import type { Address, PairingNetworkId, PairRequest } from '../../core/domain/pairing.ts';
import { err, ok } from '../../core/domain/result.ts';
import type { Result } from '../../core/domain/result.ts';
import { all, answered, EXIT, failed, usage } from './answer.ts';
import type { Answer, Plan, Surroundings } from './answer.ts';
import { optional, readReason } from './arguments.ts';
import { facts, table } from './layout.ts';
import { requireSettings } from './shift-commands.ts';
import { speakerFor } from './speaker.ts';
import type { Speaker } from './speaker.ts';
import type { TerminalTill } from './terminal-till.ts';

export type PairOptions = Readonly<{
  network: string;
  tokenSecret?: string;
  storeName?: string;
  storeId?: string;
  address?: string;
  position?: string;
  posName?: string;
  posId?: string;
  takeOver?: boolean;
  reason?: string;
  dryRun?: boolean;
  printSticker?: boolean;
}>;

export function pairCommand(options: PairOptions): Plan {
  const request = readRequest(options);
  if (!request.ok) return request;
  return ok(async (till, around) => {
    const settings = requireSettings(till);
    if (!settings.ok) return failed(settings.error);
    if (options.dryRun === true) return look(till, request.value);
    return pair(till, request.value, options.printSticker === true, around);
  });
}

async function look(till: TerminalTill, request: PairRequest): Promise<Answer> {
  const seen = await till.lookToPair(request);
  return answered(seen, (view) => lookText(request, view));
}

async function pair(
  till: TerminalTill,
  request: PairRequest,
  isPrinting: boolean,
  { note }: Surroundings,
): Promise<Answer> {
  const paired = await till.pair(request, (step) => {
    if (step.state !== 'doing') note(progressLine(step));
  });
  if (!paired.ok) return failed(paired.error);
  const text = pairedText(paired.value, till, speakerFor(till));
  if (!isPrinting) return { exit: EXIT.done, value: paired.value, text };
  const slip = await till.handlers['pairing.print-sticker']({ network: request.network });
  // The pairing stands whatever the printer does; the sticker can be asked for again.
  if (!slip.ok) return failed(slip.error);
  const { state, detail } = slip.value;
  const words = `sticker: ${state}${detail === '' ? '' : ` (${detail})`}`;
  const exit = state === 'unknown' ? EXIT.inDoubt : state === 'refused' ? EXIT.refused : EXIT.done;
  return { exit, value: { ...paired.value, sticker: slip.value }, text: `${text}\n${words}` };
}

/** Prints the kept sticker again. */
export function printStickerCommand(text: string): Plan {
  const network = readPairingNetwork(text);
  if (!network.ok) return network;
  return ok(async (till) => {
    const slip = await till.handlers['pairing.print-sticker']({ network: network.value });
    return answered(
      slip,
      ({ state, detail }) => `sticker: ${state}${detail === '' ? '' : ` (${detail})`}`,
      ({ state }) => (state === 'unknown' ? EXIT.inDoubt : state === 'refused' ? EXIT.refused : EXIT.done),
    );
  });
}

export function showNetworks(): Plan {
  return ok(async (till) => {
    const settings = requireSettings(till);
    if (!settings.ok) return failed(settings.error);
    const views: PairingView[] = [];
    for (const network of PAIRING_NETWORKS) {
      if (!Object.hasOwn(settings.value.networks, network)) continue;
      const view = await till.handlers['pairing.view']({ network });
      if (!view.ok) return failed(view.error);
      views.push(view.value);
    }
    const speaker = speakerFor(till);
    const text = views.map((view) => networkText(view, speaker)).join('\n\n');
    return { exit: EXIT.done, value: views, text: text === '' ? 'No network in the settings can be paired.' : text };
  });
}

function networkText(view: PairingView, speaker: Speaker): string {
  const { network, baseUrl, country, mode, tokenSecret, hasToken, account, store, pos, savedAtMs } = view;
  return facts(network, [
    ['address', `${baseUrl}, ${country}, ${mode} QR`],
    ['token', hasToken ? `"${tokenSecret}" stored` : `missing: ventanilla secret set ${tokenSecret}`],
    ['account', account && `${account.userId}${account.nickname === undefined ? '' : ` ${account.nickname}`}`],
    ['store', store && `${store.name} (${store.externalId ?? store.id})`],
    ['POS', pos && posWords(pos)],
    ['sticker', view.stickerSha256 && `kept, ${view.stickerSha256.slice(0, 16)}…`],
    [
      'paired',
      savedAtMs === undefined ? `never: ventanilla network pair --network ${network}` : speaker.time(savedAtMs),
    ],
  ]);
}

function posWords({ name, externalId, id, isAmountFixed }: PosView): string {
  return `${name} (${externalId ?? id})${isAmountFixed ? '' : ', its amount is not fixed'}`;
}

function pairedText(view: PairedView, till: TerminalTill, speaker: Speaker): string {
  const { network, userId, country, store, pos, proof, stickerSha256 } = view;
  const heading = `${network} is paired with till ${till.settings()?.tillId ?? ''}`;
  const inFile = {
    userId,
    ...(store.externalId !== undefined && { externalStoreId: store.externalId }),
    externalPosId: pos.externalId,
  };
  return facts(heading, [
    ['account', `${userId}, ${country}`],
    ['store', `${store.name} (${store.externalId ?? store.id})`],
    ['POS', posWords(pos)],
    [
      'sticker',
      stickerSha256 === undefined ? 'none' : `kept; ventanilla network sticker --network ${network} prints it`,
    ],
    ['proof', proof],
    ['time', speaker.time(speaker.nowMs)],
    ['for the file', `"${network}": ${JSON.stringify(inFile)}`],
  ]);
}

function lookText({ network }: PairRequest, view: PairingLookView): string {
  const { account, stores, storeId, wantedStoreId, pointsOfSale, posId, wantedPosId } = view;
  const store = stores.find(({ id }) => id === storeId);
  const head = facts(`Nothing was made or changed. A run would do this for ${network}:`, [
    ['account', `${account.userId}, ${account.country ?? account.siteId}`],
    [
      'store',
      store ? `use ${store.name} (${store.externalId ?? store.id})` : `make ${wantedStoreId}: its --address is needed`,
    ],
    ['POS', posId === undefined ? `make ${wantedPosId}` : `use ${wantedPosId}`],
  ]);
  const storeTable = table(
    [{ title: 'store' }, { title: 'external id' }, { title: 'number' }],
    stores.map(({ id, name, externalId }) => [name, externalId ?? '', id]),
  );
  const posTable = table(
    [{ title: 'point of sale' }, { title: 'external id' }, { title: 'this till’s' }],
    pointsOfSale.map(({ name, externalId, isOfThisTill }) => [name, externalId ?? '', isOfThisTill ? 'yes' : 'no']),
  );
  const lists = [...(stores.length > 0 ? ['', storeTable] : []), ...(pointsOfSale.length > 0 ? ['', posTable] : [])];
  return [head, ...lists].join('\n');
}

const STATE_WORDS = { waiting: '...', doing: '...', done: 'ok', failed: 'FAILED' } as const;

function progressLine({ step, state, detail }: PairingStepView): string {
  return `${step.padEnd(9)} ${STATE_WORDS[state]}${detail === '' ? '' : `  ${detail}`}`;
}

function readRequest(options: PairOptions): Result<PairRequest, Fault> {
  const read = all({
    network: readPairingNetwork(options.network),
    storeId: optional(options.storeId, (text) => readExternalId(text, '--store-id')),
    posId: optional(options.posId, (text) => readExternalId(text, '--pos-id')),
    storeName: optional(options.storeName, (text) => readName(text, '--store-name')),
    posName: optional(options.posName, (text) => readName(text, '--pos-name')),
    tokenSecret: optional(options.tokenSecret, readSecretName),
    address: readAddress(options),
    takeOver: readTakeOver(options),
  });
  if (!read.ok) return read;
  const { network, storeId, posId, storeName, posName, tokenSecret, address, takeOver } = read.value;
  return ok({
    network,
    ...(tokenSecret !== undefined && { tokenSecret }),
    store: {
      ...(storeId !== undefined && { externalId: storeId }),
      ...(storeName !== undefined && { name: storeName }),
      ...(address && { address }),
    },
    pos: { ...(posId !== undefined && { externalId: posId }), ...(posName !== undefined && { name: posName }) },
    ...(takeOver && { takeOver }),
  });
}

function readPairingNetwork(text: string): Result<PairingNetworkId, Fault> {
  const found = PAIRING_NETWORKS.find((id) => id === text);
  if (found) return ok(found);
  const words = `there is no network "${text.slice(0, 40)}" to pair; there are ${PAIRING_NETWORKS.join(', ')}`;
  return err(fault('network.unknown', words));
}

function readExternalId(text: string, option: string): Result<string, Fault> {
  if (/^[A-Za-z0-9]{1,40}$/.test(text)) return ok(text);
  return err(usage(`${option} is an external id: 1 to 40 letters and digits, nothing else`));
}

function readSecretName(text: string): Result<string, Fault> {
  if (/^[a-z0-9-]{1,64}$/.test(text)) return ok(text);
  return err(usage('--token-secret is the name of a secret, e.g. mercadopago-token; never the token itself'));
}

function readName(text: string, option: string): Result<string, Fault> {
  const name = text.trim();
  if (name !== '' && name.length <= 44 && !/[\p{C}\p{Zl}\p{Zp}]/u.test(name)) return ok(name);
  return err(usage(`${option} is one line of 1 to 44 characters`));
}

function readTakeOver({ takeOver, reason }: PairOptions): Result<Readonly<{ reason: string }> | undefined, Fault> {
  if (takeOver !== true) return reason === undefined ? ok(undefined) : err(usage('--reason goes with --take-over'));
  if (reason === undefined) return err(usage('--take-over wants --reason "…": it stands in the journal'));
  const read = readReason(reason);
  return read.ok ? ok({ reason: read.value }) : read;
}

/** `street; number; city; state`, and where it lies: both or neither. */
function readAddress({ address, position }: PairOptions): Result<Address | undefined, Fault> {
  if (address === undefined && position === undefined) return ok(undefined);
  if (address === undefined || position === undefined)
    return err(usage('--address and --position go together: where the store is, for people and for maps'));
  const parts = address.split(';').map((part) => part.trim());
  const [streetName = '', streetNumber = '', cityName = '', stateName = '', reference] = parts;
  const isFull = [streetName, streetNumber, cityName, stateName].every((part) => part !== '');
  if (!isFull || parts.length > 5 || /[\p{C}\p{Zl}\p{Zp}]/u.test(address))
    return err(usage('--address is "street; number; city; state", e.g. "Avenida Juárez; 120; Puebla; Puebla"'));
  const match = /^(-?\d{1,2}(?:\.\d{1,8})?)\s*,\s*(-?\d{1,3}(?:\.\d{1,8})?)$/.exec(position.trim());
  const [latitude, longitude] = [Number(match?.[1]), Number(match?.[2])];
  if (!match || Math.abs(latitude) > 90 || Math.abs(longitude) > 180)
    return err(usage('--position is "latitude,longitude" in degrees, e.g. "19.0433,-98.2019"'));
  const place = { streetName, streetNumber, cityName, stateName, latitude, longitude };
  return ok({ ...place, ...(reference !== undefined && reference !== '' && { reference }) });
}
