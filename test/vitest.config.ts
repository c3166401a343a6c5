import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    root: new URL('..', import.meta.url).pathname,
    include: ['test/**/*.test.ts'],
    // Whole processes are started on machines that are busy with others: a limit is against hanging, not for speed.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Many wait for processes and sockets rather than for a core of their own.
    maxWorkers: Math.max(3, availableParallelism()),
    // No test may reach a real credential source: the instance-metadata address is not loopback.
    env: { AWS_EC2_METADATA_DISABLED: 'true', AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
  },
});
