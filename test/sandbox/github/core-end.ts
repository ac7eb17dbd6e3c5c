import type { TestGitHub } from './start-github.ts';

/**
 * Ends a sandbox's GitHub, and fails if an answer or a webhook was not as GitHub describes it.
 *
 * GitHub's description of some 409 answers is ambiguous: it wants exactly one of two schemas that allow the same
 * bodies. Such a finding says nothing about the answer.
 */
export async function endCleanly(github: TestGitHub): Promise<void> {
  try {
    await github.newHooks();
    expect(github.problems.filter((problem) => !problem.includes('"passingSchemas":['))).toEqual([]);
  } finally {
    await github.close();
  }
}
