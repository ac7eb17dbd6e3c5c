import type { Label } from '../types.ts';
import type { GitHubWorld } from '../world.ts';

/** GitHub's "label". */
export function renderLabel(world: GitHubWorld, label: Label) {
  return {
    id: label.id,
    node_id: world.state.nodeId('Label', label.id),
    url: `${world.urls.repoApi()}/labels/${encodeURIComponent(label.name)}`,
    name: label.name,
    description: label.description,
    color: label.color,
    default: label.isDefault,
  };
}
