import { enableCompileCache } from 'node:module';
import { setFlagsFromString } from 'node:v8';

// Before anything heavy is loaded: compiled modules are kept on disk, which halves the time to start; and the heap's
// young generation stays small, which saves about 20 MB for a process that mostly waits.
enableCompileCache();
setFlagsFromString('--semi-space-growth-factor=1');
const { start } = await import('./start.ts');
await start(process.env);
