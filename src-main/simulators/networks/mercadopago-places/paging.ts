/** Lists as stores and points of sale are answered: `{paging, results}`. */
const DEFAULT_LIMIT = 30;

export function pageOf(items: readonly unknown[], query: Readonly<Record<string, string>>): unknown {
  const limit = numberIn(query['limit'], DEFAULT_LIMIT);
  const offset = numberIn(query['offset'], 0);
  return { paging: { total: items.length, offset, limit }, results: items.slice(offset, offset + limit) };
}

function numberIn(text: string | undefined, otherwise: number): number {
  return text !== undefined && /^\d{1,6}$/.test(text) ? Number(text) : otherwise;
}
