// Prints the files that a process has loaded, one a line, when it ends: required before the program.
process.on('exit', () => {
  for (const path of Object.keys(require.cache)) process.stderr.write(`loaded ${path}\n`);
});
