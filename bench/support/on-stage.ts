import { type BenchStage, setBenchStage } from './bench-stage.ts';

/** Sets a stage, lets `act` use it, and clears it away whatever happens. */
export async function onStage<Result>(
  slackMode: 'socket' | 'http',
  act: (stage: BenchStage) => Promise<Result>,
): Promise<Result> {
  const stage = await setBenchStage(slackMode);
  try {
    return await act(stage);
  } finally {
    await stage.close();
  }
}
