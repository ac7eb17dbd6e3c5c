import { PEOPLE } from './people.ts';
import type { World } from './world.ts';

/** What the terminal says once everything runs: where to look and what to try. */
export function welcome(world: World, logFile: string): string {
  const pat = PEOPLE.find(({ handle }) => handle === 'pat');
  const token = pat?.githubLogin ? world.github.personalTokens.get(pat.githubLogin) : undefined;
  const clone = world.github.world.urls.clone().replace('://', `://${pat?.githubLogin}:${token}@`);
  const clusters =
    world.adminKubeconfig === undefined
      ? ''
      : `  Clusters    ${world.url}/#/fleet
              kubectl --kubeconfig ${world.adminKubeconfig} get kustomizations -A\n`;
  return `
Ready. Everything stays on this machine.

  The page    ${world.url}
  Try         be Tess, open #platform-requests and write /onboard-tenant
              then be Pat, look at the pull request and merge it;
              then open #platform-releases and write /trunkline release
  Clone       git clone ${clone}
${clusters}  Break it    ${world.url}/#/faults
  Bot's log   ${logFile}

Ctrl-C ends it.
`;
}
