/**
 * The control plane: what a person or a test does to a simulated network over HTTP, beside the network itself.
 *
 * Every endpoint is one entry with its own sentence, so that the help page cannot leave one out.
 * Errors  400 with what is wrong and where; 404 for what does not exist; never a stack.
 */
import { z } from 'zod';
import { jsonAnswer, textAnswer } from './exchange.ts';
import type { SimulatedAnswer, SimulatedRequest } from './exchange.ts';

export const CONTROL_PATH = '/_control';

export type ControlEndpoint = Readonly<{
  method: 'GET' | 'POST' | 'DELETE';
  /** Below `/_control`, without a leading slash. */
  name: string;
  summary: string;
  /** What the body may look like, for the help page. */
  example?: unknown;
  answer: (request: SimulatedRequest) => SimulatedAnswer;
}>;

/** An endpoint whose body is read before it runs: a body of another shape is answered with 400. */
export function commandEndpoint<Schema extends z.ZodType>(
  endpoint: Omit<ControlEndpoint, 'answer' | 'method'> & { body: Schema; run: (body: z.output<Schema>) => unknown },
): ControlEndpoint {
  const { body, run, ...rest } = endpoint;
  return {
    ...rest,
    method: 'POST',
    answer(request) {
      const json = parseJson(request.bodyText);
      if (json === undefined) return problem(400, 'the body is not JSON');
      const reading = body.safeParse(json.value);
      if (!reading.success) return problem(400, wordsOf(reading.error));
      return answerOf(run(reading.data));
    },
  };
}

export function queryEndpoint(
  endpoint: Omit<ControlEndpoint, 'answer' | 'method'> & {
    method?: 'GET' | 'DELETE';
    run: (query: Readonly<Record<string, string>>) => unknown;
  },
): ControlEndpoint {
  const { run, method = 'GET', ...rest } = endpoint;
  return { ...rest, method, answer: (request) => answerOf(run(request.query)) };
}

/** An answer of its own choosing: what a `run` returns to refuse. */
export class ControlProblem {
  readonly status: number;
  readonly problem: string;
  constructor(status: number, words: string) {
    this.status = status;
    this.problem = words;
  }
}

export function createControlPlane(
  title: string,
  endpoints: readonly ControlEndpoint[],
): (request: SimulatedRequest) => SimulatedAnswer {
  return (request) => {
    const name = request.path.slice(CONTROL_PATH.length).replace(/^\/|\/$/g, '');
    if (name === '') return help(title, endpoints, request);
    const named = endpoints.filter((endpoint) => endpoint.name === name);
    const endpoint = named.find(({ method }) => method === request.method);
    if (endpoint !== undefined) return endpoint.answer(request);
    if (named.length > 0) return problem(405, `${name} understands ${named.map(({ method }) => method).join(', ')}`);
    return problem(404, `no such control: ${name}; GET ${CONTROL_PATH} lists them`);
  };
}

function help(title: string, endpoints: readonly ControlEndpoint[], request: SimulatedRequest): SimulatedAnswer {
  const isPlain = request.query['format'] === 'text' || (request.headers['accept'] ?? '').startsWith('text/plain');
  const entries = endpoints.map(({ method, name, summary, example }) => ({
    call: `${method} ${CONTROL_PATH}/${name}`,
    summary,
    ...(example !== undefined && { example }),
  }));
  if (!isPlain) return jsonAnswer(200, { title, endpoints: entries });
  const lines = entries.map(({ call, summary, example }) =>
    [call, `    ${summary}`, ...(example === undefined ? [] : [`    ${JSON.stringify(example)}`])].join('\n'),
  );
  return textAnswer(200, `${title}\n\n${lines.join('\n\n')}\n`, 'text/plain');
}

function answerOf(result: unknown): SimulatedAnswer {
  if (result instanceof ControlProblem) return problem(result.status, result.problem);
  return jsonAnswer(200, result ?? { ok: true });
}

function problem(status: number, words: string): SimulatedAnswer {
  return jsonAnswer(status, { problem: words });
}

/** `rates.delay: too big; ref: invalid`, one line. */
function wordsOf(error: z.ZodError): string {
  const words = error.issues.map(({ path, message }) =>
    path.length === 0 ? message : `${path.join('.')}: ${message}`,
  );
  return words.join('; ');
}

function parseJson(text: string): { value: unknown } | undefined {
  if (text === '') return { value: {} };
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}
