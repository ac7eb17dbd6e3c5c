/** Where a platform repository keeps its own files of a tenant. */
export const templatesFolder = '.github/trunkline/tenant';

/** When a template counts: the folder that it stands in. */
export type TemplatePart = 'base' | 'same-namespace' | 'ingress' | 'port' | 'environment';

export interface Template {
  /** Where it stands in the repository. */
  readonly path: string;
  readonly part: TemplatePart;
  /** Path of the file that it makes, below the tenant's folder; it may hold variables. */
  readonly file: string;
  readonly text: string;
  /** Where in the text variables stand, first to last. */
  readonly slots: readonly Slot[];
}

/** A scalar that names at least one variable. */
export interface Slot {
  /** Offsets in the text. */
  readonly start: number;
  readonly end: number;
  readonly style: 'plain' | 'quoted' | 'block';
  /** What the scalar says. */
  readonly value: string;
  /** Column of the key that it belongs to, where a structure can stand below that key; else undefined. */
  readonly keyColumn: number | undefined;
}

export interface TemplateProblem {
  readonly path: string;
  readonly line: number;
  readonly message: string;
}

/** A platform's own files of a tenant, in the order in which they are written. */
export interface Templates {
  readonly templates: readonly Template[];
  /** Mistakes in them; with any, no request can be taken. */
  readonly problems: readonly TemplateProblem[];
}

export type TemplateValue = string | number | readonly unknown[] | Readonly<Record<string, unknown>>;

/** The variables that templates may name, each with whether it is more than a text or number. */
export const variables = {
  name: 'text',
  owner: 'text',
  contact: 'text',
  purpose: 'text',
  labels: 'structure',
  requestsCpu: 'text',
  limitsCpu: 'text',
  requestsMemory: 'text',
  limitsMemory: 'text',
  environment: 'text',
  level: 'text',
  role: 'text',
  groups: 'structure',
  subjects: 'structure',
  port: 'text',
  sources: 'structure',
} as const satisfies Readonly<Record<string, 'text' | 'structure'>>;

export type Variable = keyof typeof variables;

/** Variables that only one part has. */
export const variablesOfPart: Readonly<Partial<Record<TemplatePart, readonly Variable[]>>> = {
  port: ['port', 'sources'],
  environment: ['environment', 'level', 'role', 'groups', 'subjects'],
};

const own = Object.values(variablesOfPart).flat();

/** Whether templates of this part may name the variable. */
export function isAllowed(variable: Variable, part: TemplatePart): boolean {
  return !own.includes(variable) || (variablesOfPart[part]?.includes(variable) ?? false);
}

/** Every `${…}` in a text that is not written `$${…}`, as Flux writes what is to stay. */
const reference = /(?<!\$)\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g;

/** The declared variables that a text names; whatever else looks like one is Flux's, and left as it stands. */
export function variablesIn(text: string): readonly Variable[] {
  return [...text.matchAll(reference)].flatMap(([, name = '']) => (isVariable(name) ? [name] : []));
}

/** The variable that a text is, when it is nothing but one. */
export function onlyVariable(text: string): Variable | undefined {
  const [, name = ''] = /^\$\{([A-Za-z_][A-Za-z0-9_]*)\}$/.exec(text) ?? [];
  return isVariable(name) ? name : undefined;
}

/** A text with its declared variables replaced, once: what a value holds is not looked into. */
export function substitute(text: string, values: ReadonlyMap<Variable, TemplateValue>): string {
  return text.replace(reference, (whole, name: string) => {
    const value = isVariable(name) ? values.get(name) : undefined;
    return typeof value === 'string' || typeof value === 'number' ? String(value) : whole;
  });
}

function isVariable(name: string): name is Variable {
  return Object.hasOwn(variables, name);
}
