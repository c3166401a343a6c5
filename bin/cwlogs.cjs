#!/usr/bin/env node
'use strict';
// Plain enough for any Node to read, so that an old one can be told what is wrong.
const { version, engines } = require('../package.json');
const { existsSync } = require('node:fs');
const { join } = require('node:path');

const program = join(__dirname, '..', 'dist', 'cli', 'main.js');
const args = process.argv.slice(2);
const [major, minor] = process.versions.node.split('.').map(Number);

if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(`cwlogs: needs Node ${engines.node}; this is Node ${process.versions.node}\n`);
  process.exitCode = 1;
} else if (args.length === 1 && (args[0] === '--version' || args[0] === '-V')) {
  process.stdout.write(`${version}\n`);
} else if (!existsSync(program)) {
  process.stderr.write('cwlogs: not built yet; run: npm ci\n');
  process.exitCode = 1;
} else {
  // The SDK prints a notice of nine lines on Node 20 about releases of 2027; the lockfile holds one from before.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
  require(program).start(args, version);
}
