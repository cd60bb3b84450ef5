import type { Routes } from '../call.ts';
import { accessRoutes } from './access.ts';
import { approvalRoutes } from './approvals.ts';
import { archiveRoutes } from './archives.ts';
import { artifactRoutes } from './artifacts.ts';
import { assetRoutes } from './assets.ts';
import { attestationRoutes } from './attestations.ts';
import { checkRoutes } from './checks.ts';
import { commentRoutes } from './comments.ts';
import { contentRoutes } from './contents.ts';
import { deploymentRoutes } from './deployments.ts';
import { dispatchRoutes } from './dispatches.ts';
import { environmentRoutes } from './environments.ts';
import { gitDataRoutes } from './git-data.ts';
import { issueRoutes } from './issues.ts';
import { labelRoutes } from './labels.ts';
import { pullRoutes } from './pulls.ts';
import { refRoutes } from './refs.ts';
import { releaseRoutes } from './releases.ts';
import { reviewRoutes } from './reviews.ts';
import { rulesetRoutes } from './rulesets.ts';
import { runRoutes } from './runs.ts';
import { statusRoutes } from './statuses.ts';

/** Every route that the local GitHub has. Operations of openapi.json without one are answered with 501. */
export const routes: Routes = {
  ...accessRoutes,
  ...approvalRoutes,
  ...archiveRoutes,
  ...artifactRoutes,
  ...assetRoutes,
  ...attestationRoutes,
  ...checkRoutes,
  ...commentRoutes,
  ...contentRoutes,
  ...deploymentRoutes,
  ...dispatchRoutes,
  ...environmentRoutes,
  ...gitDataRoutes,
  ...issueRoutes,
  ...labelRoutes,
  ...pullRoutes,
  ...refRoutes,
  ...releaseRoutes,
  ...reviewRoutes,
  ...rulesetRoutes,
  ...runRoutes,
  ...statusRoutes,
};
