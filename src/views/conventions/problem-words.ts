import type { Problem } from '../../domain/conventions/finding.ts';
import { clip } from '../clip.ts';
import { listing, someOf } from '../listing.ts';
import type { DescribedProblem } from './described-problem.ts';
import { fieldWords } from './field-words.ts';

export function problemWords(problem: Problem): DescribedProblem {
  switch (problem.code) {
    case 'title-form':
      return {
        title: 'The title does not follow the convention',
        what: 'A title is “type(area): what it does”, such as “feat(ingress): add nginx controller”.',
        mend: mendTitle(problem.suggestion),
      };
    case 'title-type':
      return {
        title: 'The title begins with an unknown type',
        what: `“${clip(problem.type, 60)}” is none of ${someOf(problem.known, 30)}.`,
        mend: mendTitle(problem.suggestion),
      };
    case 'title-area':
      return {
        title: 'The title names no tenant',
        what: `There is no tenant “${clip(problem.area, 60)}”, neither before nor with this pull request.`,
        mend: mendTitle(problem.suggestion),
      };
    case 'policy-mistake':
      return {
        title: 'A mistake in the policy',
        what: `${clip(problem.key, 100) || 'The file'}: ${clip(problem.message, 300)}.`,
        mend: 'Mend it here: once it is merged, a policy with a mistake decides nothing and every request stops.',
      };
    case 'yaml-broken':
      return {
        title: 'No readable YAML',
        what: `${clip(problem.message, 300)}.`,
        mend: 'Mend the file, or Flux fails on all that its Kustomization applies.',
      };
    case 'yaml-double-key':
      return {
        title: 'A key stands twice',
        what: `${clip(problem.message, 300)}.`,
        mend: 'Keep one of the two; Flux refuses the file otherwise.',
      };
    case 'not-an-object':
      return {
        title: 'No Kubernetes object',
        what: 'It lacks apiVersion, kind or metadata.name, but stands where Flux applies every file.',
        mend: 'Give it all three, or move it to where nothing is applied.',
      };
    case 'misplaced':
      return {
        title: 'Not where files belong',
        what: 'No Kustomization applies it here, and no folder of the layout is meant for it.',
        mend: `Move it below ${listing(problem.expected, 'or')}, or have the policy's conventions.folders name its folder.`,
      };
    case 'unknown-place':
      return {
        title: `An unknown ${problem.what}`,
        what: `There is no ${problem.what} “${clip(problem.name, 60)}” here; known are ${someOf(problem.known, 12)}.`,
        mend: 'Correct the folder. A new one begins with its cluster or with a Kustomization that applies the folder.',
      };
    case 'scope-folder': {
      const [is, other] = problem.folder === 'namespaced' ? ['no', 'non-namespaced'] : ['a', 'namespaced'];
      return {
        title: 'In the wrong one of two folders',
        what: `${clip(problem.object, 200)} stands in ${is} namespace, but its file is below ${problem.folder}/.`,
        mend: `Move the file below ${other}/.`,
      };
    }
    case 'double-object':
      return {
        title: 'An object stands twice',
        what: `${clip(problem.object, 200)} is declared in ${clip(problem.other, 300)} too, and one Kustomization applies both.`,
        mend: 'Keep one of the two, or give one another name.',
      };
    case 'schema':
      return fieldWords(problem);
    case 'name-form': {
      const rule =
        problem.rule === 'label'
          ? 'lower case letters, digits and dashes, at most 63, a letter or digit first and last'
          : 'lower case letters, digits, dashes and dots, at most 253, a letter or digit first and last';
      return {
        title: `A ${problem.field} that Kubernetes refuses`,
        what: `The ${problem.field} of ${clip(problem.object, 200)} is no name by RFC 1123.`,
        mend: `Use ${rule}.`,
      };
    }
    case 'tenant-namespace':
      return {
        title: "Outside the tenant's namespace",
        what:
          problem.namespace === undefined
            ? `${clip(problem.object, 200)} names no namespace, but belongs to tenant ${clip(problem.tenant, 63)}.`
            : `${clip(problem.object, 200)} is for namespace ${clip(problem.namespace, 63)}, but stands with tenant ${clip(problem.tenant, 63)}.`,
        mend: `Write ${clip(problem.tenant, 63)} there, or move the file to where it belongs.`,
      };
    case 'tenant-cluster-scoped':
      return {
        title: 'A tenant reaches beyond its namespace',
        what: `${clip(problem.object, 200)} stands in no namespace; of such things a tenant has its Namespace only.`,
        mend: 'Use the namespaced kind (a Role for a ClusterRole), or have the platform team make it a feature.',
      };
    case 'clear-secret':
      return {
        title: 'A secret in clear text',
        what: `${clip(problem.field, 200)} of ${clip(problem.object, 200)} can be read by whoever reads this repository.`,
        mend: 'Change the secret where it is used, for the branch has told it already; then encrypt the file: sops encrypt -i <file>.',
      };
    case 'credential':
      return {
        title: 'A credential in clear text',
        what: `This looks like ${problem.what}.`,
        mend: 'Revoke it, for the branch has told it already; then take it out, or put it into a Secret that SOPS encrypts.',
      };
    case 'missing-dependency':
      return {
        title: 'It waits for what is not there',
        what: `${clip(problem.object, 200)} depends on ${clip(problem.wanted, 200)}, which this management cluster does not have, so it never runs.`,
        mend: 'Correct name and namespace (its own is meant where none is given), or add the other one.',
      };
    case 'missing-source':
      return {
        title: 'A source that is not there',
        what: `${clip(problem.object, 200)} takes its files from GitRepository ${clip(problem.wanted, 200)}, which this management cluster does not have.`,
        mend: 'Correct name and namespace (its own is meant where none is given), or add the source.',
      };
    case 'missing-path':
      return {
        title: 'A path that is not there',
        what: `${clip(problem.object, 200)} applies ${clip(problem.wanted, 300)}, where no file stands, so Flux fails on it.`,
        mend: 'Correct spec.path, or add the folder. To end it, delete the Kustomization first, then its files.',
      };
    case 'dependency-cycle':
      return {
        title: 'Kustomizations wait for each other',
        what: `${someOf(
          problem.objects.map((each) => clip(each, 150)),
          6,
        )} ${problem.objects.length === 1 ? 'waits for itself' : 'wait for each other in a circle'}, so none of them ever runs.`,
        mend: 'Take one dependsOn out.',
      };
    case 'missing-resource':
      return {
        title: 'A resource that is not there',
        what: `It lists ${clip(problem.wanted, 300)}, which is not there, so nothing of this folder can be built.`,
        mend: 'Correct the path, or take it out.',
      };
  }
}

function mendTitle(suggestion: string | undefined): string {
  return suggestion === undefined
    ? 'Edit the title; the check looks again by itself.'
    : `Edit the title, or press “Mend the title” below, which makes it “${clip(suggestion, 250)}”.`;
}
