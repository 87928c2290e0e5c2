/**
 * Node's own http or https, loaded when the first request needs it. Not with `import`: that reads every name of node:http at once, and one of
 * them loads a second HTTP client that nobody here uses (undici), which each command of a shell would pay at its start.
 */

/** `protocol`: of a URL, with its colon. */
export function nodeHttp(protocol: string) {
  return protocol === 'https:' ? process.getBuiltinModule('node:https') : process.getBuiltinModule('node:http');
}
