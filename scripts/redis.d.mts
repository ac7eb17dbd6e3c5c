/** A port of the loopback interface that was free a moment ago. */
export function freePort(): Promise<number>;

/** Starts a Redis of our own on the loopback interface; `dir` keeps its data, `args` are further settings. */
export function startRedis(options?: {
  readonly dir?: string;
  readonly port?: number;
  readonly args?: readonly string[];
}): Promise<{
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  stop(): Promise<void>;
}>;
