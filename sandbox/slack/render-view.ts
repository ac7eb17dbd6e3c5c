import type { JsonObject } from './client-types.ts';
import { stateOf } from './element-values.ts';
import { APP, TEAM } from './ids.ts';
import type { View } from './state.ts';

/** A view as the Web API and the payloads give it. https://docs.slack.dev/reference/views */
export function renderView(view: View): JsonObject {
  return {
    id: view.id,
    team_id: TEAM.id,
    ...view.body,
    blocks: view.blocks,
    state: stateOf(view.blocks, view.values, view.offered),
    hash: view.hash,
    previous_view_id: view.previousId,
    root_view_id: view.rootId,
    app_id: APP.id,
    app_installed_team_id: TEAM.id,
    bot_id: APP.botId,
  };
}
