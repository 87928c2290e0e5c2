/**
 * Starts the simulated network alone, for a till on this machine and a person at the control plane.
 *
 *   npm run simulators -- --port 4010 --seed 1 --auto-pay
 *
 * Exit code 0 when stopped by a signal, 1 when the port cannot be had, 2 for a wrong option.
 */
import { parseArgs } from 'node:util';
import { COUNTRIES } from './networks/mercadopago-orders/countries.ts';
import type { Country } from './networks/mercadopago-orders/countries.ts';
import { createMercadoPagoEngine } from './networks/mercadopago-orders/engine.ts';
import { createMercadoPagoServer } from './networks/mercadopago-orders/server.ts';
import { HELPFUL_CUSTOMERS } from './networks/mercadopago-orders/settings.ts';

const USAGE = `Simulated Mercado Pago (Orders API)

  --port <number>      port to listen on (default 4010, 0 takes any free one)
  --host <address>     address to listen on (default 127.0.0.1)
  --seed <number>      the same seed gives the same ids and the same weather (default 1)
  --country <code>     ${Object.keys(COUNTRIES).join(', ')} (default MX)
  --auto-pay           customers pay by themselves after a few seconds; one in ten walks away
  --webhook-url <url>  where notifications are posted
  --help               this page
`;

const OPTIONS = {
  port: { type: 'string', default: '4010' },
  host: { type: 'string', default: '127.0.0.1' },
  seed: { type: 'string', default: '1' },
  country: { type: 'string', default: 'MX' },
  'auto-pay': { type: 'boolean', default: false },
  'webhook-url': { type: 'string' },
  help: { type: 'boolean', default: false },
} as const;

type Plan = Readonly<{
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
  const { country, host } = values;
  if (!isCountry(country)) return { problem: `--country ${country} is none of ${Object.keys(COUNTRIES).join(', ')}` };
  const webhookUrl = values['webhook-url'] ?? null;
  if (webhookUrl !== null && !URL.canParse(webhookUrl)) return { problem: `--webhook-url ${webhookUrl} is not a URL` };
  return { port, host, seed, country, isAutoPaying: values['auto-pay'], webhookUrl };
}

function wholeNumber(text: string): number | undefined {
  return /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}

function isCountry(text: string): text is Country {
  return Object.hasOwn(COUNTRIES, text);
}

async function run(plan: Plan): Promise<void> {
  const { seed, country, webhookUrl } = plan;
  const customers = plan.isAutoPaying ? HELPFUL_CUSTOMERS : 'none';
  const engine = createMercadoPagoEngine({ seed, nowMs: Date.now, settings: { country, webhookUrl, customers } });
  const server = await createMercadoPagoServer(engine, { port: plan.port, host: plan.host });
  process.stdout.write(
    [
      `Simulated Mercado Pago (Orders API, ${country}), seed ${seed}`,
      `  network   ${server.baseUrl}   any access token is good`,
      `  control   ${server.controlUrl}   lists what can be done to it (?format=text for reading)`,
      plan.isAutoPaying ? '  customers pay by themselves' : '  nobody pays until POST /_control/customer-pays',
      '',
    ].join('\n'),
  );
  await new Promise<void>((resolve) => {
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
  });
  await server.close();
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
