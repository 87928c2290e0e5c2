/**
 * Starts a simulated network alone, for a till on this machine and a person at the control plane.
 *
 *   npm run simulators -- --port 4010 --seed 1 --auto-pay
 *   npm run simulators -- --network tupay --port 4020
 *   npm run simulators -- --network mercadopago-instore --country AR
 *
 * Exit code 0 when stopped by a signal, 1 when the port cannot be had, 2 for a wrong option.
 */
import { parseArgs } from 'node:util';
import { BRANDS } from './networks/d24/brands.ts';
import type { Brand } from './networks/d24/brands.ts';
import { createD24Engine } from './networks/d24/engine.ts';
import { createD24Server } from './networks/d24/server.ts';
import { HELPFUL_BANKS } from './networks/d24/settings.ts';
import type { SimulatorServer } from './networks/http-server.ts';
import { createInstoreEngine } from './networks/mercadopago-instore/engine.ts';
import { createInstoreServer } from './networks/mercadopago-instore/server.ts';
import { COUNTRIES } from './networks/mercadopago-orders/countries.ts';
import type { Country } from './networks/mercadopago-orders/countries.ts';
import { createMercadoPagoEngine } from './networks/mercadopago-orders/engine.ts';
import { createMercadoPagoServer } from './networks/mercadopago-orders/server.ts';
import { HELPFUL_CUSTOMERS } from './networks/mercadopago-orders/settings.ts';

const NETWORKS = ['mercadopago-orders', 'mercadopago-instore', 'tupay', 'onekey'] as const;
type Network = (typeof NETWORKS)[number];

const USAGE = `Simulated networks

  --network <name>     ${NETWORKS.join(', ')} (default mercadopago-orders)
  --port <number>      port to listen on (default 4010, 0 takes any free one)
  --host <address>     address to listen on (default 127.0.0.1)
  --seed <number>      the same seed gives the same ids and the same weather (default 1)
  --country <code>     mercadopago: ${Object.keys(COUNTRIES).join(', ')} (default MX; AR for mercadopago-instore)
  --auto-pay           mercadopago: customers pay by themselves after a few seconds; one in ten walks away
                       tupay, onekey: banks pay by themselves after a few seconds; one in ten refuses
  --webhook-url <url>  where notifications are posted
  --help               this page
`;

const OPTIONS = {
  network: { type: 'string', default: 'mercadopago-orders' },
  port: { type: 'string', default: '4010' },
  host: { type: 'string', default: '127.0.0.1' },
  seed: { type: 'string', default: '1' },
  country: { type: 'string' },
  'auto-pay': { type: 'boolean', default: false },
  'webhook-url': { type: 'string' },
  help: { type: 'boolean', default: false },
} as const;

type Plan = Readonly<{
  network: Network;
  port: number;
  host: string;
  seed: number;
  country: Country;
  isAutoPaying: boolean;
  webhookUrl: string | null;
}>;

/** The plan, `help`, or what is wrong with the command line. */
function readPlan(words: readonly string[]): Plan | 'help' | { problem: string } {
  let values;
  try {
    ({ values } = parseArgs({ args: [...words], options: OPTIONS, strict: true }));
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
  if (values.help) return 'help';
  const port = wholeNumber(values.port);
  if (port === undefined || port > 65_535) return { problem: `--port ${values.port} is not a port` };
  const seed = wholeNumber(values.seed);
  if (seed === undefined) return { problem: `--seed ${values.seed} is not a whole number` };
  const { network, host, country = network === 'mercadopago-instore' ? 'AR' : 'MX' } = values;
  if (!isNetwork(network)) return { problem: `--network ${network} is none of ${NETWORKS.join(', ')}` };
  if (values.country !== undefined && (network === 'tupay' || network === 'onekey')) {
    return { problem: `--country is not for ${network}: its settings name the countries` };
  }
  if (!isCountry(country)) return { problem: `--country ${country} is none of ${Object.keys(COUNTRIES).join(', ')}` };
  const webhookUrl = values['webhook-url'] ?? null;
  if (webhookUrl !== null && !URL.canParse(webhookUrl)) return { problem: `--webhook-url ${webhookUrl} is not a URL` };
  return { network, port, host, seed, country, isAutoPaying: values['auto-pay'], webhookUrl };
}

function wholeNumber(text: string): number | undefined {
  return /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}

function isNetwork(text: string): text is Network {
  return (NETWORKS as readonly string[]).includes(text);
}

function isCountry(text: string): text is Country {
  return Object.hasOwn(COUNTRIES, text);
}

async function run(plan: Plan): Promise<void> {
  const { network } = plan;
  const { server, words } =
    network === 'tupay' || network === 'onekey'
      ? await startPayouts(network, plan)
      : await (network === 'mercadopago-orders' ? startOrders(plan) : startInstore(plan));
  process.stdout.write(`${words.join('\n')}\n`);
  await new Promise<void>((resolve) => {
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
  });
  await server.close();
}

type Started = Readonly<{ server: SimulatorServer; words: readonly string[] }>;

async function startOrders(plan: Plan): Promise<Started> {
  const { seed, country, webhookUrl } = plan;
  const customers = plan.isAutoPaying ? HELPFUL_CUSTOMERS : 'none';
  const engine = createMercadoPagoEngine({ seed, nowMs: Date.now, settings: { country, webhookUrl, customers } });
  const server = await createMercadoPagoServer(engine, { port: plan.port, host: plan.host });
  const words = [
    `Simulated Mercado Pago (Orders API, ${country}), seed ${seed}`,
    `  network   ${server.baseUrl}   any access token is good`,
    `  control   ${server.controlUrl}   lists what can be done to it (?format=text for reading)`,
    plan.isAutoPaying ? '  customers pay by themselves' : '  nobody pays until POST /_control/customer-pays',
  ];
  return { server, words };
}

async function startInstore(plan: Plan): Promise<Started> {
  const { seed, country, webhookUrl } = plan;
  const customers = plan.isAutoPaying ? HELPFUL_CUSTOMERS : 'none';
  const engine = createInstoreEngine({ seed, nowMs: Date.now, settings: { country, webhookUrl, customers } });
  const server = await createInstoreServer(engine, { port: plan.port, host: plan.host });
  const words = [
    `Simulated Mercado Pago (legacy in-store API, ${country}), seed ${seed}, user ${engine.settings.userId}`,
    `  network   ${server.baseUrl}   any access token is good`,
    `  control   ${server.controlUrl}   lists what can be done to it (?format=text for reading)`,
    plan.isAutoPaying ? '  customers pay by themselves' : '  nobody pays until POST /_control/customer-pays',
  ];
  return { server, words };
}

async function startPayouts(brand: Brand, plan: Plan): Promise<Started> {
  const { seed, webhookUrl } = plan;
  const banks = plan.isAutoPaying ? HELPFUL_BANKS : 'none';
  const engine = createD24Engine({ seed, nowMs: Date.now, brand, settings: { notificationUrl: webhookUrl, banks } });
  const server = await createD24Server(engine, { port: plan.port, host: plan.host });
  const { login, pass, signature, readOnlyKey, merchantsAccessKey, merchantsSecretKey, countries } = engine.settings;
  const words = [
    `Simulated ${BRANDS[brand].name} (Cashouts API, ${countries.join(', ')}), seed ${seed}`,
    `  network   ${server.baseUrl}   merchants API at the same address`,
    `  keys      login ${login}, pass ${pass}, signature ${signature}, read-only key ${readOnlyKey}`,
    `            merchants access key ${merchantsAccessKey}, secret key ${merchantsSecretKey}`,
    `  control   ${server.controlUrl}   lists what can be done to it (?format=text for reading)`,
    plan.isAutoPaying ? '  banks pay by themselves' : '  nothing is paid until POST /_control/bank-completes',
  ];
  return { server, words };
}

const plan = readPlan(process.argv.slice(2));
if (plan === 'help') {
  process.stdout.write(USAGE);
} else if ('problem' in plan) {
  process.stderr.write(`${plan.problem}\n\n${USAGE}`);
  process.exitCode = 2;
} else {
  try {
    await run(plan);
  } catch (error) {
    process.stderr.write(`cannot start: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
