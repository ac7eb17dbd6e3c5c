import type { Route } from './route.ts';
import { appRoutes } from './routes/app.ts';
import { avatarRoutes } from './routes/avatars.ts';
import { checkRoutes } from './routes/checks.ts';
import { commentRoutes } from './routes/comments.ts';
import { commitRoutes } from './routes/commits.ts';
import { contentRoutes } from './routes/contents.ts';
import { deploymentRoutes } from './routes/deployments.ts';
import { gitObjectRoutes } from './routes/git-objects.ts';
import { gitRefRoutes } from './routes/git-refs.ts';
import { hookRoutes } from './routes/hooks.ts';
import { issueRoutes } from './routes/issues.ts';
import { labelRoutes } from './routes/labels.ts';
import { peopleRoutes } from './routes/people.ts';
import { pullRoutes } from './routes/pulls.ts';
import { releaseRoutes } from './routes/releases.ts';
import { repositoryRoutes } from './routes/repository.ts';
import { reviewRoutes } from './routes/reviews.ts';
import { rulesetRoutes } from './routes/rulesets.ts';
import { statusRoutes } from './routes/statuses.ts';
import { teamRoutes } from './routes/teams.ts';

/** Every route of the REST API. */
export const routes: readonly Route[] = [
  ...appRoutes,
  ...repositoryRoutes,
  ...gitRefRoutes,
  ...rulesetRoutes,
  ...reviewRoutes,
  ...pullRoutes,
  ...gitObjectRoutes,
  ...contentRoutes,
  ...commitRoutes,
  ...avatarRoutes,
  ...issueRoutes,
  ...commentRoutes,
  ...labelRoutes,
  ...checkRoutes,
  ...statusRoutes,
  ...releaseRoutes,
  ...deploymentRoutes,
  ...teamRoutes,
  ...peopleRoutes,
  ...hookRoutes,
];
