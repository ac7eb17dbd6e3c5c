import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium } from './system-packages.mjs';

const ROOT = path.dirname(import.meta.dirname);
const IMAGES = path.join(ROOT, 'docs', 'images');

const TESTS = [
  'test/e2e/browser.test.ts',
  'test/e2e/release-browser.test.ts',
  'test/e2e/change-browser.test.ts',
  'test/e2e/rollout-browser.test.ts',
  'test/e2e/conventions-browser.test.ts',
];

/** A picture of the guides, and the step of the browser's tests that shows it. */
const PICTURES = {
  'onboarding.png': 'onboarding',
  'form.png': 'error',
  'release.png': 'release',
  'release-form.png': 'release-form',
  'announcement.png': 'announcement',
  'team-part.png': 'team-part',
  'status.png': 'status',
  'change.png': 'change',
  'rollout.png': 'rolling-out',
  'rollout-failed.png': 'failed',
  'conventions.png': 'conventions',
} as const;

if (!chromium()) {
  process.stderr.write('No Chromium: install it or set CHROMIUM_PATH, then try again.\n');
  process.exit(1);
}

// The guides show what the tests see, so they are made by the very same runs.
const taken = mkdtempSync(path.join(tmpdir(), 'trunkline-pictures-'));
try {
  const jest = path.join(ROOT, 'node_modules', 'jest', 'bin', 'jest.js');
  const run = spawnSync(
    process.execPath,
    ['--experimental-vm-modules', '--no-warnings', jest, '--runInBand', ...TESTS],
    { cwd: ROOT, stdio: 'inherit', env: { ...process.env, PICTURES_DIR: taken } },
  );
  if (run.status === 0) {
    mkdirSync(IMAGES, { recursive: true });
    for (const [image, step] of Object.entries(PICTURES)) {
      const file = readdirSync(taken).find((name) => name.replace(/^\d+-/, '') === `${step}.png`);
      if (file === undefined) throw new Error(`failed to find the picture of the step ${step}`);
      copyFileSync(path.join(taken, file), path.join(IMAGES, image));
    }
  }
  process.exitCode = run.status ?? 1;
} finally {
  rmSync(taken, { recursive: true, force: true });
}
