import type { Actor } from '../actor.ts';
import { emit } from '../events.ts';
import { notFound, Problem, validationFailed } from '../problem.ts';
import { renderLabel } from '../render/label.ts';
import type { Label } from '../types.ts';
import type { GitHubWorld } from '../world.ts';
import { announce, conversationOf } from './conversations.ts';

export interface LabelInput {
  readonly name: string;
  /** Six hexadecimal digits; `ededed` when left out. */
  readonly color?: string | undefined;
  readonly description?: string | null | undefined;
}

/** @throws Problem 422 when the name is taken (case aside) or empty, or the colour is none. */
export function createLabel(world: GitHubWorld, actor: Actor, input: LabelInput): Promise<Label> {
  return world.exclusive(async () => {
    checkLabel(world, input, undefined);
    const label: Label = {
      id: world.state.nextId(),
      name: input.name,
      color: (input.color ?? 'ededed').replace(/^#/, '').toLowerCase(),
      description: input.description ?? null,
      isDefault: false,
    };
    world.state.labels.set(label.name.toLowerCase(), label);
    emit(world, 'label', 'created', actor, { label: renderLabel(world, label) });
    return label;
  });
}

/** Renames or recolours a label; whatever has it keeps it. @throws Problem 404 or 422. */
export function updateLabel(
  world: GitHubWorld,
  actor: Actor,
  name: string,
  change: Partial<LabelInput>,
): Promise<Label> {
  return world.exclusive(async () => {
    const label = labelOf(world, name);
    checkLabel(world, { name: label.name, ...change }, label);
    const changes: Record<string, unknown> = {};
    if (change.name !== undefined && change.name !== label.name) {
      changes['name'] = { from: label.name };
      rename(world, label, change.name);
    }
    if (change.color !== undefined && change.color !== label.color) {
      changes['color'] = { from: label.color };
      label.color = change.color.toLowerCase();
    }
    if (change.description !== undefined && change.description !== label.description) {
      changes['description'] = { from: label.description ?? '' };
      label.description = change.description;
    }
    emit(world, 'label', 'edited', actor, { label: renderLabel(world, label), changes });
    return label;
  });
}

/** @throws Problem 404. */
export function deleteLabel(world: GitHubWorld, actor: Actor, name: string): Promise<void> {
  return world.exclusive(async () => {
    const label = labelOf(world, name);
    world.state.labels.delete(label.name.toLowerCase());
    for (const it of everything(world)) it.labels = it.labels.filter((each) => each !== label.name);
    emit(world, 'label', 'deleted', actor, { label: renderLabel(world, label) });
  });
}

/** Puts labels on an issue or pull request; a label that the repository lacks is made. @throws Problem 404. */
export function addLabels(
  world: GitHubWorld,
  actor: Actor,
  number: number,
  names: readonly string[],
): Promise<void> {
  return world.exclusive(async () => {
    const it = conversationOf(world, number);
    for (const name of names) {
      const label = world.state.labels.get(name.toLowerCase()) ?? (await createLabel(world, actor, { name }));
      if (it.labels.includes(label.name)) continue;
      it.labels.push(label.name);
      it.updatedAt = world.iso();
      await announce(
        world,
        actor,
        it,
        'labeled',
        { label: renderLabel(world, label) },
        { label: label.name },
      );
    }
  });
}

/** @throws Problem 404 when it has no such label. */
export function removeLabel(world: GitHubWorld, actor: Actor, number: number, name: string): Promise<void> {
  return world.exclusive(async () => {
    const it = conversationOf(world, number);
    const label = world.state.labels.get(name.toLowerCase());
    if (!label || !it.labels.includes(label.name)) throw new Problem(404, 'Label does not exist');
    it.labels = it.labels.filter((each) => each !== label.name);
    it.updatedAt = world.iso();
    await announce(
      world,
      actor,
      it,
      'unlabeled',
      { label: renderLabel(world, label) },
      { label: label.name },
    );
  });
}

/** Makes these its labels: takes away the others, then adds the missing. */
export function setLabels(
  world: GitHubWorld,
  actor: Actor,
  number: number,
  names: readonly string[],
): Promise<void> {
  return world.exclusive(async () => {
    const it = conversationOf(world, number);
    const wanted = new Set(names.map((name) => name.toLowerCase()));
    for (const name of [...it.labels])
      if (!wanted.has(name.toLowerCase())) await removeLabel(world, actor, number, name);
    await addLabels(world, actor, number, names);
  });
}

/** @throws Problem 404. */
export function labelOf(world: GitHubWorld, name: string): Label {
  const label = world.state.labels.get(name.toLowerCase());
  if (!label) throw notFound();
  return label;
}

function everything({ state }: GitHubWorld) {
  return [...state.issues.values(), ...state.pulls.values()];
}

function rename(world: GitHubWorld, label: Label, name: string): void {
  const before = label.name;
  world.state.labels.delete(before.toLowerCase());
  label.name = name;
  world.state.labels.set(name.toLowerCase(), label);
  for (const it of everything(world)) it.labels = it.labels.map((each) => (each === before ? name : each));
}

function checkLabel(world: GitHubWorld, input: LabelInput, own: Label | undefined): void {
  const twin = world.state.labels.get(input.name.toLowerCase());
  if (twin && twin !== own)
    throw validationFailed([{ resource: 'Label', code: 'already_exists', field: 'name' }]);
  if (input.name.trim() === '')
    throw validationFailed([{ resource: 'Label', code: 'missing_field', field: 'name' }]);
  if (input.color !== undefined && !/^[0-9a-f]{6}$/i.test(input.color))
    throw validationFailed([{ resource: 'Label', code: 'invalid', field: 'color' }]);
  if ((input.description ?? '').length > 100)
    throw validationFailed([{ resource: 'Label', code: 'invalid', field: 'description' }]);
}
