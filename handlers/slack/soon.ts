/** The answer, or undefined when it takes longer than `ms` milliseconds or fails. */
export async function soon<Answer>(
  answer: Promise<Answer>,
  ms: number,
  sleep: (ms: number) => Promise<void>,
): Promise<Answer | undefined> {
  return Promise.race([answer.catch(() => undefined), sleep(ms).then(() => undefined)]);
}
