/**
 * What passes between a till and a simulated network, before any socket: a request, and what becomes of its answer.
 *
 * Units  delays in milliseconds; header names in lower case; bodies as text, byte for byte.
 */
export type SimulatedRequest = Readonly<{
  method: string;
  /** Without the query string. */
  path: string;
  query: Readonly<Record<string, string>>;
  headers: Readonly<Record<string, string>>;
  bodyText: string;
}>;

export type SimulatedAnswer = Readonly<{
  status: number;
  headers: Readonly<Record<string, string>>;
  bodyText: string;
  /** `latin1`: one character stands for one byte, as a picture needs. UTF-8 when absent. */
  bodyEncoding?: 'latin1';
}>;

/**
 * How a request ends at the till.
 *
 *   whole                  the answer arrives as it is (it may still be an error, or no JSON at all)
 *   cut                    status and headers arrive, and half of the body that they promise
 *   dropped-after-commit   the network did it; the connection ends without an answer
 *   dropped-before-commit  the connection ends, and the network did nothing
 *   refused                the network is down: nothing was received
 *
 * `fault` names what weather or script chose, for a test's message.
 */
export type SimulatedExchange = Readonly<{ delayMs: number; fault?: string }> &
  (
    | Readonly<{ delivery: 'whole' | 'cut' | 'dropped-after-commit'; answer: SimulatedAnswer }>
    | Readonly<{ delivery: 'dropped-before-commit' | 'refused' }>
  );

export type Delivery = SimulatedExchange['delivery'];

export function jsonAnswer(status: number, body: unknown, headers: Record<string, string> = {}): SimulatedAnswer {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
    bodyText: JSON.stringify(body),
  };
}

export function textAnswer(status: number, bodyText: string, contentType: string): SimulatedAnswer {
  return { status, headers: { 'content-type': `${contentType}; charset=utf-8` }, bodyText };
}
