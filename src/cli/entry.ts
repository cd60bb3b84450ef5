#!/usr/bin/env node
import { main } from './program.ts';

// Who reads the output may stop early, as `head` does. The work goes on, and so does its exit code.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}
process.exitCode = await main(process.argv.slice(2), process.env);
