export * from '../wording.ts';
