/** The machine's own clock, kept before the seeded one takes its place. */
export const realNow = performance.now.bind(performance);
export const realImmediate = setImmediate;
