#!/usr/bin/env node
'use strict';
// CommonJS, which starts a little faster, and which any Node can parse far enough to say what is wrong.
const { version, engines } = require('../package.json');
const { existsSync } = require('node:fs');
const { join } = require('node:path');

const dist = join(__dirname, '..', 'dist', 'main.js');
const args = process.argv.slice(2);
const [major, minor] = process.versions.node.split('.').map(Number);

if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(`cwlogs: needs Node ${engines.node}; this is Node ${process.versions.node}\n`);
  process.exitCode = 1;
} else if (args.length === 1 && (args[0] === '--version' || args[0] === '-V')) {
  process.stdout.write(`${version}\n`);
} else if (!existsSync(dist)) {
  process.stderr.write('cwlogs: not built yet; run: npm ci\n');
  process.exitCode = 1;
} else {
  // The SDK prints a notice of nine lines on Node 20 about releases of 2027; the lockfile holds one from before.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
  import('../dist/main.js').then(({ start }) => start(args, version));
}
