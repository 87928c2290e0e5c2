/**
 * Rules for a JSON body, and everything in it that breaks them, each with the path a developer would write.
 * Properties without a rule are not accepted, as these networks do.
 */
export type BodyRule =
  | Readonly<{ kind: 'text'; required?: boolean; allows?: (text: string) => boolean }>
  | Readonly<{ kind: 'number' | 'boolean'; required?: boolean }>
  | Readonly<{
      kind: 'object';
      required?: boolean;
      fields: Readonly<Record<string, BodyRule>>;
      minimumProperties?: number;
    }>
  | Readonly<{ kind: 'list'; required?: boolean; of: BodyRule; minimumItems?: number; maximumItems?: number }>;

export type BodyProblem = Readonly<{
  code:
    | 'unsupported_properties'
    | 'required_properties'
    | 'property_type'
    | 'minimum_properties'
    | 'minimum_items'
    | 'maximum_items'
    | 'property_value';
  path: string;
}>;

/** In the order of the body; empty when the body keeps the rules. */
export function problemsOfBody(rule: BodyRule, value: unknown, path = ''): BodyProblem[] {
  switch (rule.kind) {
    case 'text': {
      if (typeof value !== 'string') return [{ code: 'property_type', path }];
      return rule.allows === undefined || rule.allows(value) ? [] : [{ code: 'property_value', path }];
    }
    case 'number':
    case 'boolean': {
      const isRight = typeof value === rule.kind && (rule.kind === 'boolean' || Number.isFinite(value));
      return isRight ? [] : [{ code: 'property_type', path }];
    }
    case 'list':
      return problemsOfList(rule, value, path);
    case 'object':
      return problemsOfObject(rule, value, path);
    default:
      return rule satisfies never;
  }
}

function problemsOfList(rule: BodyRule & { kind: 'list' }, value: unknown, path: string): BodyProblem[] {
  if (!Array.isArray(value)) return [{ code: 'property_type', path }];
  if (value.length < (rule.minimumItems ?? 0)) return [{ code: 'minimum_items', path }];
  if (value.length > (rule.maximumItems ?? Number.POSITIVE_INFINITY)) return [{ code: 'maximum_items', path }];
  return value.flatMap((item: unknown, index) => problemsOfBody(rule.of, item, `${path}[${index}]`));
}

function problemsOfObject(rule: BodyRule & { kind: 'object' }, value: unknown, path: string): BodyProblem[] {
  if (!isRecord(value)) return [{ code: 'property_type', path }];
  const problems: BodyProblem[] = [];
  const below = (name: string): string => (path === '' ? name : `${path}.${name}`);
  for (const name of Object.keys(value)) {
    if (!Object.hasOwn(rule.fields, name)) problems.push({ code: 'unsupported_properties', path: below(name) });
  }
  for (const [name, field] of Object.entries(rule.fields)) {
    if (Object.hasOwn(value, name)) problems.push(...problemsOfBody(field, value[name], below(name)));
    else if (field.required === true) problems.push({ code: 'required_properties', path: below(name) });
  }
  const isTooSmall = Object.keys(value).length < (rule.minimumProperties ?? 0);
  return isTooSmall ? [...problems, { code: 'minimum_properties', path }] : problems;
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
