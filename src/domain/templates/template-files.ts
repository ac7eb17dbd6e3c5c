import type { CheckedRequest } from '../check-request.ts';
import { quantityFields } from '../form/values.ts';
import { portSources, roleSubjects } from '../manifests.ts';
import { objectsOf, readDocuments } from '../platform/documents.ts';
import type { ComputeQuota } from '../tenant-request.ts';
import { renderTemplate } from './render-template.ts';
import type { Template, TemplatePart, TemplateValue, Variable } from './template.ts';

export interface RenderedTemplate {
  /** Path below the tenant's folder. */
  readonly file: string;
  readonly content: string;
  /** What it holds, such as `NetworkPolicy deny-default`. */
  readonly holds: string;
}

type Values = Map<Variable, TemplateValue>;

/** The files that do not depend on an environment. */
export function baseFromTemplates(
  templates: readonly Template[],
  request: CheckedRequest,
  compute: ComputeQuota,
): readonly RenderedTemplate[] {
  const values = baseValues(request, compute);
  const of = (part: TemplatePart, more: readonly (readonly [Variable, TemplateValue])[] = []) =>
    templates.filter((each) => each.part === part).map((each) => render(each, new Map([...values, ...more])));
  const { sameNamespace, ingress, ports } = request.reach;
  const numbers = [...new Set(ports.map(({ port }) => port))].sort((a, b) => a - b);
  return [
    ...of('base'),
    ...(sameNamespace ? of('same-namespace') : []),
    ...(ingress ? of('ingress') : []),
    ...numbers.flatMap((port) => {
      const rules = ports.filter((rule) => rule.port === port);
      return of('port', [
        ['port', port],
        ['sources', portSources(rules)],
      ]);
    }),
  ];
}

/** The files of one environment. */
export function environmentFromTemplates(
  templates: readonly Template[],
  request: CheckedRequest,
  compute: ComputeQuota,
  grant: CheckedRequest['access'][number] & { readonly role: string },
): readonly RenderedTemplate[] {
  const { environment, level, role, groups } = grant;
  const values: Values = new Map([
    ...baseValues(request, compute),
    ['environment', environment],
    ['level', level],
    ['role', role],
    ['groups', groups],
    ['subjects', roleSubjects(request.name, groups)],
  ]);
  return templates.filter(({ part }) => part === 'environment').map((each) => render(each, values));
}

function baseValues(request: CheckedRequest, compute: ComputeQuota): Values {
  const { name, owner, contact, purpose, labels } = request;
  return new Map<Variable, TemplateValue>([
    ['name', name],
    ['owner', owner],
    ['contact', contact],
    ['purpose', purpose],
    ['labels', labels],
    ...quantityFields.map((field) => [field, compute[field]] as const),
  ]);
}

function render(template: Template, values: Values): RenderedTemplate {
  const { file, content } = renderTemplate(template, values);
  const [first] = objectsOf(readDocuments(content).documents);
  return { file, content, holds: first ? `${first.kind} ${first.metadata.name}` : 'an object' };
}
