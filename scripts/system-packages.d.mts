/** The Redis server's program; undefined when none is installed. */
export function redisServer(): string | undefined;

/** Chromium's program; undefined when none is installed. */
export function chromium(): string | undefined;
