import { runMain } from './run-main.ts';

void runMain(process.argv.slice(1), process.stderr);
