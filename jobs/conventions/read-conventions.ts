import { changedPaths } from '../../src/domain/conventions/changed-paths.ts';
import { checkTitle } from '../../src/domain/conventions/check-title.ts';
import type { ConventionState } from '../../src/domain/conventions/convention-state.ts';
import {
  type Conventions,
  type ConventionsQuestion,
  conventions,
  examine,
  textsBefore,
} from '../../src/domain/conventions/conventions.ts';
import { textsWanted } from '../../src/domain/conventions/texts-wanted.ts';
import type { Effect } from '../../src/domain/effects/effect.ts';
import { effects, textsNeeded } from '../../src/domain/effects/effects.ts';
import { overlaysToRender, withRendered } from '../../src/domain/effects/overlays-to-render.ts';
import { type TurnedSource, turnedSources } from '../../src/domain/effects/turned-sources.ts';
import type { CommitSha, RepoName } from '../../src/domain/ids.ts';
import type { Policy } from '../../src/domain/policy.ts';
import { readPlatform } from '../../src/domain/read-platform.ts';
import { mergeBaseOf } from '../change/merge-base-of.ts';
import type { JobDeps } from '../deps.ts';
import type { ConventionPull } from './convention-ports.ts';
import { filesOf, renderOverlays } from './render-overlays.ts';

type Deps = Pick<JobDeps, 'releases' | 'changes' | 'memory' | 'overlays'>;

export interface ConventionsRead {
  readonly conventions: Conventions;
  /** What it does to clusters once it is on the default branch. */
  readonly effects: readonly Effect[];
  readonly turned: readonly TurnedSource[];
  /** What it started from. */
  readonly from: CommitSha;
}

/** All that is to be said of a pull request: one reading of texts, and a second one where something was found. */
export async function readConventions(
  deps: Deps,
  pull: ConventionPull,
  policy: Policy,
): Promise<ConventionsRead> {
  const { question, from } = await readQuestion(deps, pull, policy);
  const { before, after } = question;
  const change = { before, after, kustomizations: after.platform };
  const overlays = (await deps.overlays.isThere()) ? overlaysToRender(change) : [];
  const wanted = new Map(
    [...textsWanted(question), ...textsNeeded(change), ...overlays.flatMap(filesOf)].map(({ oid, path }) => [
      oid,
      path,
    ]),
  );
  const first = await readTexts(
    deps,
    pull.repo,
    [...wanted].map(([oid, path]) => ({ oid, path })),
  );
  const examined = examine(question, first);
  const earlier = await readTexts(deps, pull.repo, textsBefore(examined, first));
  const texts = new Map([...first, ...earlier]);
  const rendered = withRendered(change, overlays, await renderOverlays(deps.overlays, overlays, texts));
  return {
    conventions: conventions(examined, texts),
    effects: effects(rendered.question, new Map([...texts, ...rendered.texts])),
    turned: turnedSources(before.platform, after.platform),
    from,
  };
}

/** A title that follows the convention, where the one that it has now does not. No file's text is read for it. */
export async function readSuggestedTitle(
  deps: Deps,
  pull: ConventionPull,
  policy: Policy,
): Promise<string | undefined> {
  const { before, after } = (await readQuestion(deps, pull, policy)).question;
  const { written, removed } = changedPaths(before, after);
  return checkTitle({
    title: pull.title,
    before: before.platform,
    after: after.platform,
    paths: [...after.oids.keys()],
    changed: [...written, ...removed],
    policy,
  })?.suggestion;
}

async function readQuestion(
  deps: Deps,
  { repo, title, baseHead, head }: ConventionPull,
  policy: Policy,
): Promise<{ readonly question: ConventionsQuestion; readonly from: CommitSha }> {
  // Without a common ancestor all that it holds counts as new against its base.
  const base = baseHead ?? head;
  const from = (await mergeBaseOf(deps, repo, base, head)) ?? base;
  const before = await conventionStateAt(deps, repo, from, policy);
  const after = await conventionStateAt(deps, repo, head, policy);
  return { question: { title, before, after, policy }, from };
}

async function conventionStateAt(
  { releases }: Deps,
  repo: RepoName,
  commit: CommitSha,
  policy: Policy,
): Promise<ConventionState> {
  const { files, oids } = await releases.readCommitFiles(repo, commit);
  return { files, oids, platform: readPlatform(files, policy) };
}

async function readTexts(
  { releases }: Deps,
  repo: RepoName,
  wanted: readonly { readonly path: string; readonly oid: string }[],
): Promise<ReadonlyMap<string, string>> {
  return wanted.length === 0 ? new Map() : releases.readBlobs(repo, wanted);
}
