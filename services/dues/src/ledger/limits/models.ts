export type { ToldLimit as DuesLimit } from './limit.ts'
