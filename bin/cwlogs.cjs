#!/usr/bin/env node
'use strict';
// Plain enough for any Node to read, so that an old one can be told what is wrong.
const { version, engines } = require('../package.json');
const { chmodSync, existsSync, mkdirSync, statSync } = require('node:fs');
const { isAbsolute, join } = require('node:path');

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
  keepCompiled();
  require(program).start(args, version);
}

// From Node 22.1 on the next run finds its code compiled. What lies there is run: the folder is the user's alone, and
// where it cannot be, each run compiles for itself.
function keepCompiled() {
  const { enableCompileCache, getCompileCacheDir } = require('node:module');
  if (enableCompileCache === undefined || process.env.NODE_DISABLE_COMPILE_CACHE || getCompileCacheDir()) return;
  try {
    const caches = cacheFolder(process.env);
    const folder = join(caches, 'cwlogs', 'compile');
    // One by one: for some paths that nobody may write to, Node goes on for ever trying to make all of them at once.
    for (const path of [caches, join(caches, 'cwlogs'), folder]) {
      if (!existsSync(path)) mkdirSync(path, { mode: 0o700 });
    }
    if (process.getuid !== undefined && statSync(folder).uid !== process.getuid()) return;
    chmodSync(folder, 0o700);
    enableCompileCache(folder);
  } catch {
    // Nothing but time is lost.
  }
}

function cacheFolder({ XDG_CACHE_HOME, LOCALAPPDATA, HOME }) {
  if (XDG_CACHE_HOME && isAbsolute(XDG_CACHE_HOME)) return XDG_CACHE_HOME;
  if (process.platform === 'win32' && LOCALAPPDATA) return LOCALAPPDATA;
  return join(HOME || require('node:os').homedir(), process.platform === 'darwin' ? 'Library/Caches' : '.cache');
}
