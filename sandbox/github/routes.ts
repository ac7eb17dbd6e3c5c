import type { Route } from './route.ts';
import { appRoutes } from './routes/app.ts';
import { commentRoutes } from './routes/comments.ts';
import { commitRoutes } from './routes/commits.ts';
import { contentRoutes } from './routes/contents.ts';
import { gitObjectRoutes } from './routes/git-objects.ts';
import { gitRefRoutes } from './routes/git-refs.ts';
import { issueRoutes } from './routes/issues.ts';
import { labelRoutes } from './routes/labels.ts';
import { pullRoutes } from './routes/pulls.ts';
import { repositoryRoutes } from './routes/repository.ts';
import { reviewRoutes } from './routes/reviews.ts';
import { rulesetRoutes } from './routes/rulesets.ts';

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
  ...issueRoutes,
  ...commentRoutes,
  ...labelRoutes,
];
