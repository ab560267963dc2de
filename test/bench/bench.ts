import { availableParallelism, cpus } from 'node:os';
import { measureAccept } from './accept.ts';
import { measureEndToEnd } from './end-to-end.ts';
import { measureMemory } from './memory.ts';

/**
 * Prints, side by side in one run: a bare Express app that only checks the signature, Bellhop's durable accept with few and
 * many routes, deliveries end to end, and memory. Every server is a process of its own, on loopback.
 */
console.log(`Node ${process.version}, ${availableParallelism()} × ${cpus()[0]?.model ?? 'unknown processor'}\n`);
const accept = await measureAccept();
console.log('\nAccept: the same 7 KB signed push, 64 connections, rounds in turn, medians');
for (const { name, perSecond, p99Ms, ratio } of accept)
  console.log(row(name, `${Math.round(perSecond)}/s`, `p99 ${p99Ms.toFixed(1)} ms`, ratio));
const endToEnd = await measureEndToEnd();
console.log('\nEnd to end: hook received to accepted by a loopback fake, 50 channels, pace off');
for (const { name, perSecond, deliveries } of endToEnd)
  console.log(row(name, `${Math.round(perSecond)}/s`, `${deliveries} deliveries`));
const memory = await measureMemory();
console.log('\nMemory (resident)');
for (const { name, megabytes } of memory) console.log(row(name, `${Math.round(megabytes)} MB`));

function row(...cells: readonly (string | undefined)[]): string {
  return `  ${(cells[0] ?? '').padEnd(52)}${cells
    .slice(1)
    .filter((cell) => cell !== undefined)
    .map((cell) => cell?.padStart(12))
    .join('  ')}`;
}
