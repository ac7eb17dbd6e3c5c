import type { DeploymentReport, Deployments } from '../../jobs/rollout/deployments-port.ts';

/** GitHub's deployments in memory: every status that was given, the last one at the end. */
export class FakeDeployments implements Deployments {
  readonly given: DeploymentReport[] = [];
  /** Runs before each report, to change the world in between or to fail. */
  before: (report: DeploymentReport) => void | Promise<void> = () => {};

  async report(report: DeploymentReport): Promise<void> {
    await this.before(report);
    const last = this.given.findLast(({ repo, key }) => repo === report.repo && key === report.key);
    if (JSON.stringify(last) !== JSON.stringify(report)) this.given.push(report);
  }
}
